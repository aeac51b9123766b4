"""`manage.py import_institutions FILE`: read a dump of the Research Organization Registry."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from institutions.actions import import_registry
from institutions.importing import DumpRefused, DumpReport
from lib.errors import Refused


class Command(BaseCommand):
    help = "Import a dump of the Research Organization Registry (ZIP, JSON or JSON Lines)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--skip-refused", action="store_true", help="Import the good records of a faulty file."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_registry(options["file"], skip_refused=options["skip_refused"], by=None)
        except DumpRefused as refused:
            self._show(refused.report)
            raise CommandError(refused.sentence) from refused
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self._show(report)

    def _show(self, report: DumpReport) -> None:
        for record in report.first_refused:
            words = {"number": record.number, "reason": record.reason}
            self.stdout.write(_("record %(number)d: %(reason)s") % words)
        if report.untold:
            self.stdout.write(_("and %(count)d more") % {"count": report.untold})
        for label, count in (
            (_("read"), report.read),
            (_("added"), report.added),
            (_("updated"), report.updated),
            (_("refused"), report.refused),
        ):
            self.stdout.write(f"{label}: {count}")

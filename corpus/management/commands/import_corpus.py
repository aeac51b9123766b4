"""`manage.py import_corpus TABLE FILE`: read a file into the corpus."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus.actions import import_table
from corpus.codebook import TABLES
from corpus.importing import ImportReport
from lib.errors import Refused

DEFAULT_CORPUS = "main"


class Command(BaseCommand):
    help = "Import CSV, JSON, JSON Lines or Parquet (or gzip of these) into a table of a corpus."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=sorted(TABLES))
        parser.add_argument("file", type=Path)
        parser.add_argument("--corpus", default=DEFAULT_CORPUS)
        parser.add_argument("--dry-run", action="store_true", help="Judge, but write nothing.")
        parser.add_argument(
            "--skip-refused", action="store_true", help="Import the good rows of a faulty file."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_table(
                options["table"],
                options["file"],
                corpus=options["corpus"],
                dry_run=options["dry_run"],
                skip_refused=options["skip_refused"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        is_stopped = bool(report.refused) and not options["skip_refused"]
        self._show(report, is_written=not (is_stopped or options["dry_run"]))
        if is_stopped:
            raise CommandError(
                _(
                    "Nothing was written, because rows were refused. Mend these rows, or import "
                    "the others alone with --skip-refused."
                )
            )

    def _show(self, report: ImportReport, *, is_written: bool) -> None:
        for row in report.refused:
            self.stdout.write(_("row %(row)d: %(reason)s") % _row_words(row.number, row.reason))
        for name in report.id_addresses:
            self.stdout.write(_id_hint(name))
        if report.unused_columns:
            names = ", ".join(report.unused_columns)
            self.stdout.write(_("columns not used: %(names)s") % {"names": names})
        for label, count in (
            (_("read"), report.read),
            (_("added") if is_written else _("would be added"), report.added),
            (_("updated") if is_written else _("would be updated"), report.updated),
            (_("refused"), len(report.refused)),
        ):
            self.stdout.write(f"{label}: {count}")
        if report.generation:
            self.stdout.write(_("published: %(name)s") % {"name": report.generation})


def _row_words(number: int, reason: str) -> dict[str, object]:
    return {"row": number, "reason": reason}


def _id_hint(name: str) -> str:
    hint = _(
        "hint: the addresses in the column %(name)s hold the full id, from which you can restore "
        "the column id. The import itself never takes an id from an address."
    )
    return hint % {"name": name}

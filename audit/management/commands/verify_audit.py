from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import chain


class Command(BaseCommand):
    help = "Seals the audit log, then proves that no entry of it was changed, removed or added."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = chain.verify()
        for problem in verdict.problems:
            self.stderr.write(problem)
        if verdict.problems:
            raise CommandError(f"The audit log does not hold: {len(verdict.problems)} problems.")
        self.stdout.write(f"The audit log holds: {verdict.count} entries, head {verdict.head}.")

"""Draws the rule book and the list of mails into docs/rules.md and docs/mails.md."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from outbox.catalogue import mail_kinds
from portal import rulebook
from programmes.models import Programme

_RULES_HEAD = """# Who may do what with an application, when, and why not

Drawn by `make docs`; do not edit. Who may do what was asked of the checks in
`applications/permissions.py` by a whole cast; days and reasons are those of a new installation.
The page `/help/rules/` says the same with the values of the installation.
"""

_MAILS_HEAD = """# The mails

Drawn by `make docs` from what each app declares in `mail_kinds.py`; do not edit.
Nothing else can be sent: `post_message` refuses a kind that is not declared.
"""


class Command(BaseCommand):
    help = "Draws docs/rules.md and docs/mails.md from the code; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if a drawing is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            drawings = {"rules.md": draw_rules(), "mails.md": draw_mails()}
        for name, drawing in drawings.items():
            path = Path(settings.BASE_DIR) / "docs" / name
            if not options["check"]:
                path.write_text(drawing, encoding="utf-8")
            elif not path.exists() or path.read_text(encoding="utf-8") != drawing:
                raise CommandError(f"docs/{name} is stale: run `make docs` and commit it.")


def draw_rules() -> str:
    parts = (_RULES_HEAD, *_states(), *_terms(), *_reasons())
    return "\n".join(parts) + "\n"


def draw_mails() -> str:
    return "\n".join([_MAILS_HEAD, *_mails()]) + "\n"


def _states() -> Iterator[str]:
    for state in rulebook.states_in_words():
        yield f"## {state.staff_name}\n"
        yield f"`{state.code}`; applicants read “{state.public_name}”.\n"
        yield f"Next: {state.actor}. {state.for_staff}\n"
        lines = [(f"becomes “{line.deed}”", _listed(line)) for line in state.moves]
        lines += [(str(line.deed), _listed(line)) for line in state.rules]
        if lines:
            yield from _table(("what", "who may"), lines)


def _listed(line: rulebook.Line) -> str:
    return "; ".join(map(str, line.roles))


def _terms() -> Iterator[str]:
    yield "## Dates that run\n"
    terms = rulebook.terms_in_words(Programme())
    yield from _table(
        ("what", "within", "counted from", "then", "setting"),
        [
            (term.what, f"{days} {term.unit}", term.since, term.then, f"`{term.setting}`")
            for term, days in terms
        ],
    )


def _reasons() -> Iterator[str]:
    yield "## Reasons for a refusal\n"
    yield from _table(
        ("reason", "what the applicant can do", "ground"),
        [
            (f"{each.title} (`{each.code}`)", each.guidance, each.legal_ground)
            for each in rulebook.first_refusal_reasons()
        ],
    )


def _mails() -> Iterator[str]:
    yield from _table(
        ("mail", "who gets it", "when", "subject"),
        [
            (f"`{kind.code}`", kind.audience.label, kind.when, "; ".join(map(str, kind.subjects)))
            for kind in mail_kinds()
        ],
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
    yield ""

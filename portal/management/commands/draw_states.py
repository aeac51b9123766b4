"""Draws every table of moves into docs/states.md."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

_HEAD = """# Statuses and their moves

Drawn by `make docs` from the tables of moves in each app's `states.py`; do not edit.
Every move goes through `audit.status.change_status`.
"""


class Command(BaseCommand):
    help = "Draws docs/states.md from the tables of moves; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if the drawing is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        with translation.override("en"):
            drawing = draw()
        if not options["check"]:
            path.write_text(drawing, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != drawing:
            raise CommandError("docs/states.md is stale: run `make docs` and commit it.")


def draw() -> str:
    models = [model for model in apps.get_models() if hasattr(model, "moves")]
    return "\n".join([_HEAD, *(line for model in models for line in _draw_model(model))])


def _draw_model(model: Any) -> Iterator[str]:
    yield f"## {model.__name__}\n"
    yield "```mermaid\nstateDiagram-v2"
    for (source, target), move in model.moves.items():
        yield f"  {source} --> {target}: {move.event.partition('.')[2].replace('_', ' ')}"
    yield "```\n"
    yield "| status | what staff read |\n|---|---|"
    for value, label in model._meta.get_field("status").flatchoices:
        yield f"| `{value}` | {label} |"
    yield "\n| from | to | recorded as | who may |\n|---|---|---|---|"
    for (source, target), move in model.moves.items():
        yield f"| `{source}` | `{target}` | `{move.event}` | `{move.check.__name__}` |"
    yield ""

"""Writing questions down in English, with little around the words."""

from typing import Any

from applications.questions.kinds import (
    Condition,
    FileRules,
    Kind,
    Question,
    Section,
    in_english,
)

_MEGABYTE = 1024 * 1024

# What the model form takes for one letter, and for approvals and agreements.
ONE_LETTER = FileRules(("pdf",), 1, 5 * _MEGABYTE)
SOME_FILES = FileRules(("mov", "mp4", "jpeg", "jpg", "png", "txt", "pdf"), 5, 5 * _MEGABYTE)

# Who wants an answer.
MODEL_FORM = "model-form"
REGULATION = "dsa"
PORTAL = "portal"


def ask(
    key: str,
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    help: str = "",
    options: tuple[tuple[str, str], ...] = (),
    shown_if: tuple[tuple[str, str], ...] = (),
    **more: Any,
) -> Question:
    """One question; with a code of the model form, it is that form which wants it."""
    more.setdefault("required_by", MODEL_FORM if more.get("code") else PORTAL)
    return Question(
        key,
        in_english(label),
        kind,
        help=in_english(help),
        options=tuple((code, in_english(text)) for code, text in options),
        shown_if=tuple(Condition(*each) for each in shown_if),
        **more,
    )


def section(key: str, title: str, intro: str, *questions: Question) -> Section:
    return Section(key, in_english(title), in_english(intro), questions)

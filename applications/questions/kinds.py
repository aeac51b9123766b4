"""What a section and a question are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Answers = Mapping[str, Any]
Text = str | Promise
Options = tuple[tuple[str, Text], ...]

YES, NO = "yes", "no"
YES_OR_NO: Options = ((YES, _("Yes")), (NO, _("No")))

# Where the model form knows no limit, so that nobody fills the database.
LONGEST = 10_000


class Kind(Enum):
    """How a question is asked, and so what its answer is."""

    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    MULTICHOICE = "multichoice"
    DATE = "date"
    URL = "url"
    YES_NO = "yes-no"
    COUNTRY = "country"
    INSTITUTION = "institution"
    TERMS = "terms"
    FILE = "file"


@dataclass(frozen=True)
class FileRules:
    """What a question takes that asks for files.

    `extensions` are lower case and without the dot, `size_bytes` is the most for one file, and
    `count` the most for all.
    """

    extensions: tuple[str, ...] = ("pdf",)
    count: int = 1
    size_bytes: int = 5 * 1024 * 1024


@dataclass(frozen=True)
class Question:
    """One question; `shown_if` names another question and the answer that calls for this one.

    The answer "" in `shown_if` means: as long as the other question has none.
    """

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    help: Text = ""
    limit: int = LONGEST
    options: Options = ()
    is_required: bool = True
    shown_if: tuple[str, str] | None = None
    file_rules: FileRules | None = None

    def is_shown(self, answers: Answers) -> bool:
        if self.shown_if is None:
            return True
        key, expected = self.shown_if
        given = answers.get(key) or ""
        return expected in given if isinstance(given, list) else given == expected

    def is_answered(self, answers: Answers) -> bool:
        return bool(answers.get(self.key))


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: Text
    intro: Text
    questions: tuple[Question, ...]

    def shown(self, answers: Answers) -> list[Question]:
        return [question for question in self.questions if question.is_shown(answers)]

"""What a phrase, a question and a section are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

Answers = Mapping[str, Any]

YES, NO = "yes", "no"
YES_OR_NO: tuple[tuple[str, str | Promise], ...] = ((YES, _("Yes")), (NO, _("No")))

# Where a question knows no limit, so that nobody fills the database.
LONGEST = 10_000


class Kind(Enum):
    """How a question is asked, and so what its answer is."""

    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    MULTICHOICE = "multichoice"
    DATE = "date"
    DURATION = "duration"
    URL = "url"
    EMAIL = "email"
    YES_NO = "yes-no"
    COUNTRY = "country"
    INSTITUTION = "institution"
    TERMS = "terms"
    FILE = "file"
    PEOPLE = "people"

    @property
    def is_text(self) -> bool:
        return self in (Kind.TEXT, Kind.TEXTAREA)

    @property
    def has_options(self) -> bool:
        return self in (Kind.CHOICE, Kind.MULTICHOICE)

    @property
    def has_field(self) -> bool:
        """Whether the answer is typed into the section's own form and kept among the answers."""
        return self not in (Kind.FILE, Kind.PEOPLE)


@dataclass(frozen=True)
class Phrase:
    """A text by language; where the reader's is missing, the translation of the English one."""

    texts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        texts = dict(self.texts)
        language = (get_language() or "en").split("-")[0]
        if texts.get(language):
            return texts[language]
        return gettext(texts["en"]) if texts.get("en") else ""

    def __bool__(self) -> bool:
        return any(text for _language, text in self.texts)

    @property
    def english(self) -> str:
        return dict(self.texts).get("en", "")


def in_english(text: str) -> Phrase:
    return Phrase((("en", text),)) if text else Phrase()


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
class Condition:
    """Another question and the answer that calls for this one.

    The answer "" means: as long as the other question has none. A country may be named as a group,
    one of `GROUPS`.
    """

    key: str
    answer: str


@dataclass(frozen=True)
class Question:
    """One question. It is shown when all conditions of `shown_if` hold.

    `code` is its number in the model form (T1 to T47). A question that is off is not asked; like
    one that is not shown, it counts as answered with `if_off`. `element` is the letter of Article
    40(8) of the Digital Services Act that it speaks to, `heading` one of the Five Safes,
    `evidence` the criterion that it helps to judge, and `required_by` says who wants it. What is
    public may stand in the register; everything else is confidential.
    """

    key: str
    label: Phrase
    kind: Kind = Kind.TEXT
    help: Phrase = Phrase()
    limit: int = LONGEST
    words: int = 0
    options: tuple[tuple[str, Phrase], ...] = ()
    is_required: bool = True
    shown_if: tuple[Condition, ...] = ()
    file_rules: FileRules | None = None
    is_on: bool = True
    is_public: bool = False
    if_off: str = ""
    code: str = ""
    element: str = ""
    heading: str = ""
    evidence: str = ""
    required_by: str = ""

    def is_answered(self, answers: Answers) -> bool:
        return bool(answers.get(self.key))


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: Phrase
    intro: Phrase
    questions: tuple[Question, ...] = ()

    @property
    def file_questions(self) -> list[Question]:
        return [question for question in self.questions if question.kind is Kind.FILE]

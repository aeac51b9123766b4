"""The form, once, as data. Pages, completeness, evidence and frozen versions read it from here."""

from applications.questions.form import INSTITUTION_KEY, LAST_DAY_KEY, SECTIONS, section_of
from applications.questions.kinds import (
    LONGEST,
    NO,
    YES,
    Answers,
    FileRules,
    Kind,
    Question,
    Section,
)

__all__ = [
    "INSTITUTION_KEY",
    "LAST_DAY_KEY",
    "LONGEST",
    "NO",
    "SECTIONS",
    "YES",
    "Answers",
    "FileRules",
    "Kind",
    "Question",
    "Section",
    "section_of",
]

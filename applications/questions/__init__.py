"""The form, once, as data. Pages, completeness, evidence and frozen versions read it from here."""

from applications.questions.form import SECTIONS, TERMS_KEYS, section_of
from applications.questions.kinds import LONGEST, NO, YES, Answers, Kind, Question, Section

__all__ = [
    "LONGEST",
    "NO",
    "SECTIONS",
    "TERMS_KEYS",
    "YES",
    "Answers",
    "Kind",
    "Question",
    "Section",
    "section_of",
]

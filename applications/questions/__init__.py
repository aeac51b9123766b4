"""The form as data. Pages, completeness, evidence and frozen versions read it from here.

`builtin` is what a new programme starts with; what is asked is a row, `FormVersion`.
"""

from applications.questions.definition import Definition, from_json, to_json
from applications.questions.form import GROUPS, Form, form_from, public_questions
from applications.questions.kinds import (
    LONGEST,
    NO,
    YES,
    YES_OR_NO,
    Answers,
    Condition,
    FileRules,
    Kind,
    Phrase,
    Question,
    Section,
    in_english,
)

# The questions that the portal itself reads by name.
INSTITUTION_KEY = "institution"
START_KEY = "starts_on"
DAYS_KEY = "access_days"
PLACE_KEY = "works_in"
PUBLIC_SUMMARY_KEY = "public_summary"

__all__ = [
    "DAYS_KEY",
    "GROUPS",
    "INSTITUTION_KEY",
    "LONGEST",
    "NO",
    "PLACE_KEY",
    "PUBLIC_SUMMARY_KEY",
    "START_KEY",
    "YES",
    "YES_OR_NO",
    "Answers",
    "Condition",
    "Definition",
    "FileRules",
    "Form",
    "Kind",
    "Phrase",
    "Question",
    "Section",
    "form_from",
    "from_json",
    "in_english",
    "public_questions",
    "to_json",
]

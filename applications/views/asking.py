"""The questions of one section as the page shows them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.fields import count_words
from applications.former import NOTHING_SAID, FormerWords, Remark
from applications.forms import SectionForm
from applications.models import Application
from applications.questions import (
    GROUPS,
    LONGEST,
    PUBLIC_SUMMARY_KEY,
    Condition,
    Form,
    Kind,
    Question,
    Section,
)
from applications.questions.form import names_in_group
from applications.reading import read_answer


@dataclass(frozen=True)
class Row:
    """One question on the page; `stored` is what another tab has saved, where both changed it."""

    question: Question
    field: BoundField
    only_if: str
    count: str
    stored: str | None
    former: Sequence[Remark] = ()

    @property
    def conditions(self) -> list[list[str]]:
        return [[each.key, each.answer] for each in self.question.shown_if]

    @property
    def conditions_json(self) -> str:
        """For the script that shows and hides the question while the page is filled in."""
        return json.dumps(self.conditions)

    @property
    def is_compared(self) -> bool:
        return self.stored is not None

    @property
    def is_institution(self) -> bool:
        return self.question.kind is Kind.INSTITUTION

    @property
    def is_public_summary(self) -> bool:
        return self.question.key == PUBLIC_SUMMARY_KEY

    @property
    def is_counted(self) -> bool:
        return _is_counted(self.question)

    @property
    def counts_characters(self) -> bool:
        return self.question.limit < LONGEST


def rows_of(
    application: Application,
    form: Form,
    section: Section,
    fields: SectionForm,
    stale: Iterable[str] = (),
    former: FormerWords = NOTHING_SAID,
) -> list[Row]:
    stale = set(stale)
    asked = [question for question in section.questions if question.kind.has_field]
    rows = [
        _row(application, form, question, fields[question.key], is_stale=question.key in stale)
        for question in asked
    ]
    return [replace(row, former=former.beside(row.question)) for row in rows]


def _row(
    application: Application, form: Form, question: Question, field: BoundField, *, is_stale: bool
) -> Row:
    if _is_counted(question):
        help_id = f"{field.auto_id}_helptext " if field.help_text else ""
        field.field.widget.attrs["aria-describedby"] = f"{help_id}{field.auto_id}_count"
    stored = read_answer(question, application.answers.get(question.key)) if is_stale else None
    return Row(
        question,
        field,
        only_if=" ".join(_only_if(form, each) for each in question.shown_if),
        count=count_of(question, str(field.value() or "")),
        stored=stored,
    )


def _is_counted(question: Question) -> bool:
    return question.kind.is_text and (question.limit < LONGEST or bool(question.words))


def count_of(question: Question, text: str) -> str:
    """How much has been written and how much may be, in words."""
    if not _is_counted(question):
        return ""
    parts = []
    if question.limit < LONGEST:
        parts.append(
            ngettext(
                "%(count)s of at most %(limit)s character",
                "%(count)s of at most %(limit)s characters",
                question.limit,
            )
            % {"count": len(text.replace("\r\n", "\n")), "limit": question.limit}
        )
    if question.words:
        parts.append(
            ngettext(
                "%(count)s of at most %(limit)s word",
                "%(count)s of at most %(limit)s words",
                question.words,
            )
            % {"count": count_words(text), "limit": question.words}
        )
    return ", ".join(parts)


def _only_if(form: Form, condition: Condition) -> str:
    """Which answer calls for the question, for readers whose browser does not hide it."""
    asked = form.question(condition.key)
    if asked is None:
        return ""
    names: Mapping[str, Any] = {"label": asked.label, "answer": _name_of(asked, condition.answer)}
    if not condition.answer:
        return _("Only if “%(label)s” has no answer.") % names
    return _("Only if the answer to “%(label)s” is: %(answer)s.") % names


def _name_of(question: Question, answer: str) -> str:
    return names_in_group(answer) if answer in GROUPS else read_answer(question, answer)

"""What is still missing before an application can be submitted, rule by rule.

The overview shows the same list that refuses the submission.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.fields import clean_answer
from applications.models import Application, form_of
from applications.questions import (
    DAYS_KEY,
    INSTITUTION_KEY,
    PLACE_KEY,
    START_KEY,
    Answers,
    Form,
    Kind,
    Question,
    Section,
)
from lib.time import today
from programmes.models import Programme

# Answers that can stop fitting when an operator changes the question.
_CHECKED_AGAIN = {
    Kind.TEXT,
    Kind.TEXTAREA,
    Kind.URL,
    Kind.EMAIL,
    Kind.CHOICE,
    Kind.MULTICHOICE,
}


@dataclass(frozen=True)
class Missing:
    """One thing to do, and where. `is_given` when there is an answer, but not one that fits."""

    section: Section
    question_key: str
    sentence: str
    is_given: bool


def missing_in(application: Application) -> list[Missing]:
    """Everything that keeps the application from being submitted, in the form's order."""
    form = form_of(application)
    attached = _attached(application)
    return [
        missing
        for section in form.sections
        for missing in _missing_in(application, form, section, attached)
    ]


def missing_from(application: Application, section: Section) -> list[Missing]:
    """What one section still lacks."""
    return list(_missing_in(application, form_of(application), section, _attached(application)))


def unfit_in(application: Application, section: Section) -> list[Missing]:
    """What is answered in a section, but so that it cannot be submitted."""
    return [missing for missing in missing_from(application, section) if missing.is_given]


def _attached(application: Application) -> set[str]:
    """The questions that have a file."""
    return set(application.attachments.fit().values_list("question_key", flat=True))


def _missing_in(
    application: Application, form: Form, section: Section, attached: set[str]
) -> Iterator[Missing]:
    answers = application.answers
    for question in form.shown(section, answers):
        is_given = question.is_answered(answers)
        sentence = _ask_for(question, application, attached) or _no_longer_fits(question, answers)
        if sentence:
            yield Missing(section, question.key, sentence, is_given)
    for question in section.questions:
        for key, sentence in _RULES.get(question.key, _no_rule)(application, form):
            yield Missing(section, key, sentence, is_given=True)


def _ask_for(question: Question, application: Application, attached: set[str]) -> str:
    """The sentence for a required question that has no answer, else nothing."""
    if question.kind is Kind.FILE:
        return _ask_for_file(question, application, attached)
    if not question.is_required:
        return ""
    if question.kind is Kind.TERMS:
        return _ask_for_terms(question, application)
    if question.is_answered(application.answers):
        return ""
    if question.kind is Kind.INSTITUTION or _describes_institution(question):
        return _ask_for_institution(question, application.answers)
    return _answer(question)


def _ask_for_file(question: Question, application: Application, attached: set[str]) -> str:
    """The form may ask for a file, or the programme for this document."""
    is_required = question.is_required or question.key in application.programme.required_documents
    if not is_required or question.key in attached:
        return ""
    return _("Attach a file: “%(label)s”.") % {"label": question.label}


def _describes_institution(question: Question) -> bool:
    return any(each.key == INSTITUTION_KEY and not each.answer for each in question.shown_if)


def _ask_for_institution(question: Question, answers: Answers) -> str:
    """One sentence while nothing is known; the description is asked for once it is begun."""
    has_begun = bool(answers.get("institution_name"))
    if question.kind is Kind.INSTITUTION:
        asked = _("Choose your institution, or describe it if it is not in the list.")
        return "" if has_begun else asked
    return _answer(question) if has_begun else ""


def _answer(question: Question) -> str:
    return _("Answer “%(label)s”.") % {"label": question.label}


def _ask_for_terms(question: Question, application: Application) -> str:
    accepted = application.answers.get(question.key)
    if not accepted:
        return _("Accept: “%(label)s”") % {"label": question.label}
    if accepted != application.programme.current_terms().version:
        return _("The terms have changed since you accepted them. Read and accept: “%(label)s”") % {
            "label": question.label
        }
    return ""


def _no_longer_fits(question: Question, answers: Answers) -> str:
    """An answer that was right once; the limits or the options of the question have changed."""
    if question.kind not in _CHECKED_AGAIN or not question.is_answered(answers):
        return ""
    try:
        clean_answer(question, answers[question.key])
    except ValidationError as problem:
        return f"{question.label}: {' '.join(problem.messages)}"
    return ""


Problems = Iterable[tuple[str, str]]


def _no_rule(application: Application, form: Form) -> Problems:
    return []


def _period(application: Application, form: Form) -> Problems:
    """The first problem of the period, if start and length are given."""
    answers = application.answers
    if not (answers.get(START_KEY) and answers.get(DAYS_KEY)):
        return []
    first = dt.date.fromisoformat(answers[START_KEY])
    problem = problem_of_period(application.programme, first, int(answers[DAYS_KEY]), today())
    return [problem] if problem else []


def problem_of_period(
    programme: Programme, first: dt.date, days: int, day: dt.date
) -> tuple[str, str] | None:
    """Which question to change and why, or nothing when the period can be given.

    A start that has passed is none: access runs from the later of that day and the approval.
    """
    longest = programme.longest_access_days
    if (first - day).days > longest:
        sentence = _("The earliest start lies too far ahead: choose one within %(days)s days.")
        return START_KEY, sentence % {"days": longest}
    if days > longest:
        sentence = _("Access lasts at most %(days)s days: choose a shorter time.")
        return DAYS_KEY, sentence % {"days": longest}
    return None


def _travel(application: Application, form: Form) -> Iterator[tuple[str, str]]:
    """The last day of a journey comes after the first. How long it may be, staff judge."""
    answers = application.answers
    last = form.question("travels_until")
    if last is None or not form.is_shown(last, answers):
        return
    first, until = answers.get("travels_from"), answers.get("travels_until")
    if first and until and until < first:
        yield "travels_until", _("The last day there must not come before the first.")


def _collaborators(application: Application, form: Form) -> Iterator[tuple[str, str]]:
    limit = application.programme.collaborators_limit
    too_many = application.collaborators.count() - limit
    if too_many > 0:
        sentence = _("A lab has at most %(limit)s collaborators: remove %(count)s.")
        yield "collaborators", sentence % {"limit": limit, "count": too_many}


# By the question whose section has to show the sentence.
_RULES: dict[str, Callable[[Application, Form], Problems]] = {
    DAYS_KEY: _period,
    PLACE_KEY: _travel,
    "collaborators": _collaborators,
}

"""What is still missing before an application can be submitted, rule by rule.

The overview shows the same list that refuses the submission.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from applications.questions import INSTITUTION_KEY, SECTIONS, Answers, Kind, Question, Section
from lib.time import today
from programmes.models import Programme


@dataclass(frozen=True)
class Missing:
    """One thing to do, and where. `is_given` when there is an answer, but not one that fits."""

    section: Section
    question_key: str
    sentence: str
    is_given: bool


def missing_in(application: Application) -> list[Missing]:
    """Everything that keeps the application from being submitted, in the form's order."""
    return [missing for section in SECTIONS for missing in _missing_in(application, section)]


def unfit_in(application: Application, section: Section) -> list[Missing]:
    """What is answered in a section, but so that it cannot be submitted."""
    return [missing for missing in _missing_in(application, section) if missing.is_given]


def _missing_in(application: Application, section: Section) -> Iterator[Missing]:
    answers = application.answers
    for question in section.shown(answers):
        sentence = _ask_for(question, application)
        if sentence:
            yield Missing(section, question.key, sentence, question.is_answered(answers))
    for key, sentence in _RULES.get(section.key, _no_rule)(application):
        yield Missing(section, key, sentence, is_given=True)


def _ask_for(question: Question, application: Application) -> str:
    """The sentence for a required question that has no answer, else nothing."""
    if not question.is_required:
        return ""
    if question.kind is Kind.TERMS:
        return _ask_for_terms(question, application)
    if question.is_answered(application.answers):
        return ""
    if question.kind is Kind.INSTITUTION or _describes_institution(question):
        return _ask_for_institution(question, application.answers)
    return _answer(question)


def _describes_institution(question: Question) -> bool:
    return question.shown_if == (INSTITUTION_KEY, "")


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


def _no_rule(application: Application) -> list[tuple[str, str]]:
    return []


def _period(application: Application) -> list[tuple[str, str]]:
    """The first problem of the period, if both days are given."""
    answers = application.answers
    if not (answers.get("starts_on") and answers.get("ends_on")):
        return []
    first = dt.date.fromisoformat(answers["starts_on"])
    last = dt.date.fromisoformat(answers["ends_on"])
    problem = problem_of_period(application.programme, first, last, today())
    return [problem] if problem else []


def problem_of_period(
    programme: Programme, first: dt.date, last: dt.date, day: dt.date
) -> tuple[str, str] | None:
    """Which question to change and why, or nothing when the period can be given."""
    longest = programme.longest_access_days
    if (first - day).days > longest:
        sentence = _("The first day of access lies too far ahead: choose one within %(days)s days.")
        return "starts_on", sentence % {"days": longest}
    if last <= first:
        return "ends_on", _("The last day of access must come after the first.")
    if last <= day:
        return "ends_on", _("The last day of access has passed: choose one in the future.")
    # Both days count.
    if (last - first).days + 1 > longest:
        latest = first + dt.timedelta(days=longest - 1)
        sentence = _("Access lasts at most %(days)s days: choose %(latest)s or earlier.")
        return "ends_on", sentence % {"days": longest, "latest": latest.isoformat()}
    return None


def _collaborators(application: Application) -> list[tuple[str, str]]:
    limit = application.programme.collaborators_limit
    too_many = application.collaborators.count() - limit
    if too_many <= 0:
        return []
    sentence = _("A lab has at most %(limit)s collaborators: remove %(count)s.")
    return [("collaborators", sentence % {"limit": limit, "count": too_many})]


_RULES = {"period": _period, "collaborators": _collaborators}

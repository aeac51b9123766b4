"""What the answers themselves show: expertise, declarations, terms, the period."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.completeness import problem_of_period
from applications.models import Application
from applications.questions import DAYS_KEY, NO, START_KEY
from lib.time import today
from reviews.actions import EvidenceItem
from reviews.models import Colour


def about_expertise(application: Application) -> Iterator[EvidenceItem]:
    answers = application.answers
    shown = bool(answers.get("publications"))
    yield EvidenceItem(
        "expertise",
        Colour.GREEN if shown else Colour.YELLOW,
        _("Publications or conference contributions are given.")
        if shown
        else _("No publication is given: the profile page has to show the expertise."),
        source=_("The application"),
        value=answers.get("expertise", ""),
    )


def about_role(application: Application) -> Iterator[EvidenceItem]:
    answers = application.answers
    role = answers.get("role", "")
    sentences = {
        "faculty": _("Faculty members and postdocs may apply on their own."),
        "student": _("A student needs the endorsement of the advisor named."),
        "non_academic": _("The applicant's role is not an academic one."),
    }
    yield EvidenceItem(
        "expertise",
        Colour.GREEN if role == "faculty" else Colour.YELLOW,
        sentences.get(role, _("The role is described in the applicant's own words.")),
        source=_("The application"),
        value=answers.get("advisor" if role == "student" else "role_other", ""),
    )


def about_funding(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "independence",
        "is_funded",
        _("Funding is declared: is its source independent of commercial interests?"),
        _("The applicant declares that there is no funding."),
    )


def about_conflict(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "independence",
        "has_conflict",
        _("A tie is declared: read how it is dealt with."),
        _("The applicant declares that there is no conflict of interest."),
    )


def about_sharing(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "non_commercial",
        "shares_data",
        _("Data is to be shared with third parties: read with whom and why."),
        _("No data is to be shared with third parties."),
    )


def _declared(
    application: Application, criterion: str, key: str, if_yes: str, if_no: str
) -> EvidenceItem:
    is_no = application.answers.get(key) == NO
    return EvidenceItem(
        criterion,
        Colour.GREEN if is_no else Colour.YELLOW,
        if_no if is_no else if_yes,
        source=_("Declaration in the application"),
    )


def about_terms(application: Application) -> Iterator[EvidenceItem]:
    yield EvidenceItem(
        "non_commercial",
        Colour.GREEN,
        _("The terms, which allow non-commercial research only, are accepted."),
        source=_("Declaration in the application"),
        value=_("version %(version)s") % {"version": application.answers["terms_accepted"]},
    )


def about_period(application: Application) -> Iterator[EvidenceItem]:
    first = dt.date.fromisoformat(application.answers[START_KEY])
    days = int(application.answers[DAYS_KEY])
    problem = problem_of_period(application.programme, first, days, today())
    sentence = _("The period is not longer than the programme allows.")
    yield EvidenceItem(
        "proposal",
        Colour.RED if problem else Colour.GREEN,
        problem[1] if problem else sentence,
        source=_("The application"),
        value=ngettext("%(days)s day", "%(days)s days", days) % {"days": days},
    )

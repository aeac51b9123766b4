"""How an application stands at this moment: whose turn it is, what comes next, and by when."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.actions.timing import calendar_of
from applications.models import Application
from applications.permissions import can_appeal
from applications.states import NEXT_ACTS, PUBLIC_NAMES, Actor, ApplicationStatus
from applications.waiting import Measure, ahead_of, waiting_times
from lib.time import now
from reviews.models import Decision, Extension, Outcome, Pause

_S = ApplicationStatus

# The way of every application, and the figure that says how long each part usually takes.
_WAY = (
    ("SUBMITTING", gettext_lazy("You submit it")),
    ("SCREENING", gettext_lazy("We check that it is complete")),
    ("REVIEWS", gettext_lazy("Reviewers look at it, each by themselves")),
    ("DECISION", gettext_lazy("The decision is written")),
)
_PLACES = {
    _S.DRAFT: 0,
    _S.SUBMITTED: 1,
    _S.REFUSAL_PROPOSED: 1,
    _S.IN_REVIEW: 2,
    _S.CONSOLIDATING: 3,
    _S.APPROVED: 4,
    _S.DECLINED: 4,
}


@dataclass(frozen=True)
class Stage:
    """One part of the way; `state` is done, now or later."""

    title: str
    state: str
    usual: str = ""


@dataclass(frozen=True)
class Standing:
    """Where it stands. `due_at` is the moment at which whoever's turn it is has to be done."""

    name: str
    colour: str
    turn: str
    next_act: str
    is_with_staff: bool = False
    due_at: dt.datetime | None = None
    is_overdue: bool = False
    new_date_reason: str = ""
    contact: User | None = None
    days_stood: int = 0
    ahead: int | None = None
    appeal_until: dt.date | None = None
    asked: str = ""
    stages: list[Stage] = field(default_factory=list)


def standing_of(application: Application) -> Standing:
    """Everything at once; the page only shows it."""
    status = _S(application.status)
    act, pauses = NEXT_ACTS[status], list(Pause.objects.about(application))
    due_at, moment = _due(application, pauses), now()
    return Standing(
        name=str(PUBLIC_NAMES[status]),
        colour=application.status_colour,
        turn=turn_of(application),
        next_act=str(act.for_applicant),
        is_with_staff=application.is_with_staff,
        due_at=due_at,
        is_overdue=application.is_with_staff and due_at is not None and due_at < moment,
        new_date_reason=_new_date_reason(application),
        contact=_contact(application),
        days_stood=_days_stood(application, pauses, moment),
        ahead=_ahead(application),
        appeal_until=appeal_until(application),
        asked=_asked(application),
        stages=_stages(application),
    )


def turn_of(application: Application) -> str:
    actor = NEXT_ACTS[_S(application.status)].actor
    if actor is Actor.APPLICANT:
        return _("Yours")
    return _("Nobody's: it is closed") if actor is Actor.NOBODY else _("Ours")


def _due(application: Application, pauses: list[Pause]) -> dt.datetime | None:
    """The staff's date, or the day on which a draft or a request without an answer is closed."""
    days = closing_day(application, pauses)
    if days is not None:
        return dt.datetime.combine(days, dt.time(), dt.UTC)
    return application.due_at if application.is_with_staff else None


def closing_day(application: Application, pauses: list[Pause]) -> dt.date | None:
    """When it is closed at the earliest unless the applicant goes on; warnings come before."""
    programme = application.programme
    if application.status == _S.DRAFT:
        since = application.saved_at or application.created_at
        return since.date() + dt.timedelta(days=programme.draft_idle_days)
    open_pause = next((pause for pause in pauses if pause.ended_at is None), None)
    if application.status == _S.CHANGES_REQUESTED and open_pause is not None:
        return open_pause.started_at.date() + dt.timedelta(days=programme.changes_answer_days)
    return None


def _new_date_reason(application: Application) -> str:
    """Why the present date is later than the first one."""
    if not application.is_with_staff:
        return ""
    given = Extension.objects.about(application)
    if application.status == _S.APPEALED:
        # An appeal has a clock of its own, of which earlier extensions say nothing.
        given = given.filter(created_at__gte=application.decided_at)
    last = given.order_by("-until").first()
    return last.reason if last else ""


def _contact(application: Application) -> User | None:
    """Whoever leads the file answers questions about it, while it is open."""
    return application.owner if application.is_open and application.submitted_at else None


def _days_stood(application: Application, pauses: list[Pause], moment: dt.datetime) -> int:
    """The working days that did not count, because we waited for the applicant."""
    calendar = calendar_of(application.programme)
    days = {day for pause in pauses for day in _days_of(pause, moment)}
    return sum(map(calendar.is_working_day, days))


def _days_of(pause: Pause, moment: dt.datetime) -> list[dt.date]:
    first, last = pause.started_at.date(), (pause.ended_at or moment).date()
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def _ahead(application: Application) -> int | None:
    """How many are due before it. An appeal goes to other people, so there the number is wrong."""
    if not application.is_with_staff or application.status == _S.APPEALED:
        return None
    return ahead_of(application)


def appeal_until(application: Application) -> dt.date | None:
    """The last day on which the applicant may appeal, where they may."""
    if application.decided_at is None or not can_appeal(application, application.applicant):
        return None
    return (application.decided_at + dt.timedelta(days=application.programme.appeal_days)).date()


def _asked(application: Application) -> str:
    """What staff want changed, while the applicant has not answered."""
    if application.status != _S.CHANGES_REQUESTED:
        return ""
    asked = Decision.objects.about(application).filter(outcome=Outcome.CHANGES_REQUESTED)
    return asked.latest("id").comment


def _stages(application: Application) -> list[Stage]:
    """The whole way with how long each part usually takes; none for what ended otherwise."""
    status = _S(application.status)
    if status == _S.CHANGES_REQUESTED and application.resumes_as:
        status = _S(application.resumes_as)
    if status not in _PLACES:
        return []
    place, measures = _PLACES[status], waiting_times(application.programme).last_year
    usual = {measure.what: _usually(measure) for measure in measures}
    return [
        Stage(str(title), _state(number, place), usual.get(what, "") if number >= place else "")
        for number, (what, title) in enumerate(_WAY)
    ]


def _state(number: int, place: int) -> str:
    if number == place:
        return "now"
    return "done" if number < place else "later"


def _usually(measure: Measure) -> str:
    if measure.median is None or measure.ninetieth is None:
        return ""
    figures = {"median": round(measure.median) or 1, "most": round(measure.ninetieth) or 1}
    return _("usually about %(median)s days, nine in ten within %(most)s") % figures

"""Closing what lies idle: a draft nobody touches, a request for changes nobody answers.

Nothing is closed without a warning that left some days before.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from applications import emails
from applications.actions.locking import lock
from applications.actions.reviewing import end_reviews
from applications.models import Application
from applications.states import ApplicationStatus
from audit.status import change_status
from lib.time import now, today
from programmes.models import Programme
from reviews.actions import close_pause, note_once
from reviews.models import Notice, Pause

_S = ApplicationStatus
_KIND = "closing"
_AT_ONCE = 500


@transaction.atomic
def expire_application(application: Application) -> Application:
    """Carrel closes it, because no answer came though the applicant was warned."""
    lock(application)
    change_status(application, _S.EXPIRED, by=None)
    close_pause(application)
    end_reviews(application)
    emails.tell_closed(application)
    return application


def close_idle_applications() -> int:
    """Warn about what will be closed, and close what was warned about in time; answers how many."""
    return sum(
        _warn_or_close(application, idle_since.date() + dt.timedelta(days=days))
        for programme in Programme.objects.all()
        for application, idle_since, days in _idle(programme)
    )


def _idle(programme: Programme) -> Iterator[tuple[Application, dt.datetime, int]]:
    """What is about to be closed, since when it lies idle, and how long it may."""
    ahead = dt.timedelta(days=_days_before(programme)[-1])
    mine = Application.objects.filter(programme=programme).select_related("applicant", "programme")
    drafts = mine.filter(status=_S.DRAFT).annotate(
        idle_since=Coalesce(F("saved_at"), F("created_at"))
    )
    pauses = Pause.objects.filter(subject_id=OuterRef("pk"), ended_at__isnull=True)
    asked = mine.filter(status=_S.CHANGES_REQUESTED).annotate(
        idle_since=Subquery(pauses.values("started_at")[:1])
    )
    for rows, days in (
        (drafts, programme.draft_idle_days),
        (asked, programme.changes_answer_days),
    ):
        latest = now() - dt.timedelta(days=days) + ahead
        for row in rows.filter(idle_since__lte=latest).order_by("id")[:_AT_ONCE]:
            yield row, cast(Any, row).idle_since, days


def _days_before(programme: Programme) -> list[int]:
    """How many days before the end its reader hears of it."""
    return sorted(max(days, 1) for days in programme.reminder_days) or [1]


def _warn_or_close(application: Application, due: dt.date) -> bool:
    """A warning that leaves late moves the day: the applicant always has time to answer."""
    days_before = _days_before(application.programme)
    notices = Notice.objects.about(application).filter(kind__startswith=_KIND, due_date=due)
    first = notices.order_by("created_at").first()
    warned = first.created_at.date() if first else today()
    closes = max(due, warned + dt.timedelta(days=days_before[0]))
    if first is not None and closes <= today():
        return _close_if_still_idle(application)
    _warn(application, due, closes, days_before)
    return False


@transaction.atomic
def _warn(application: Application, due: dt.date, closes: dt.date, days_before: list[int]) -> None:
    """One mail for all warnings whose day has come; each counts once."""
    reached = [days for days in days_before if (closes - today()).days <= days]
    if any([note_once(application, f"{_KIND}-{days}", due) for days in reached]):
        emails.warn_of_closing(application, closes)


@transaction.atomic
def _close_if_still_idle(application: Application) -> bool:
    """Whoever saves or answers at this very moment is faster, and is not closed."""
    seen = (application.status, application.saved_at)
    lock(application)
    if (application.status, application.saved_at) != seen:
        return False
    expire_application(application)
    return True

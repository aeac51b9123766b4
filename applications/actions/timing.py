"""When an application is due: computed in one place, whatever has changed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.locking import lock
from applications.models import Application
from applications.permissions import check_extend
from applications.states import ApplicationStatus
from lib.errors import Refused
from lib.time import UTC, now, today
from programmes.models import Programme
from reviews.actions import record_extension
from reviews.clock import Calendar, due_at
from reviews.models import Appeal, Extension, Pause
from reviews.states import AppealStatus

_AT_ONCE = 500
_LONGEST_REASON = 1000
_LONGEST_EXTENSION = dt.timedelta(days=366)
END_OF_DAY = dt.time(23, 59, 59, tzinfo=UTC)


def calendar_of(programme: Programme) -> Calendar:
    return Calendar.of(programme.holiday_countries, programme.closed_days)


def recompute_due(application: Application) -> Application:
    """Bring the due date of one application, and of its appeal, in line with its clock."""
    _recompute([application], calendar_of(application.programme))
    return application


def recompute_due_dates(programme: Programme) -> int:
    """The same for all that wait for staff, when the days of work have changed; answers how many
    dates moved."""
    calendar, moved = calendar_of(programme), 0
    waiting = Application.objects.with_staff().filter(programme=programme).order_by("id")
    identifiers = list(waiting.values_list("id", flat=True))
    for start in range(0, len(identifiers), _AT_ONCE):
        with transaction.atomic():
            some = waiting.filter(pk__in=identifiers[start : start + _AT_ONCE])
            held = some.select_for_update(of=("self",)).select_related("programme")
            moved += _recompute(list(held), calendar)
    return moved


def _recompute(applications: Sequence[Application], calendar: Calendar) -> int:
    pauses, extensions = _by_subject(Pause, applications), _by_subject(Extension, applications)
    appeals = {row.subject_id: row for row in _open_appeals(applications)}
    moved, moved_appeals = [], []
    for each in applications:
        appeal = appeals.get(each.pk)
        due = _due(each, appeal, pauses[each.pk], extensions[each.pk], calendar)
        if due != each.due_at:
            each.due_at = due
            moved.append(each)
        if appeal is not None and due != appeal.due_at:
            appeal.due_at = due
            moved_appeals.append(appeal)
    Application.objects.bulk_update(moved, ["due_at"])
    Appeal.objects.bulk_update(moved_appeals, ["due_at"])
    return len(moved)


def _due(
    application: Application,
    appeal: Appeal | None,
    pauses: list[Pause],
    extensions: list[Extension],
    calendar: Calendar,
) -> dt.datetime | None:
    """An appeal has a clock of its own, which begins with it."""
    started = application.submitted_at if appeal is None else appeal.created_at
    if started is None:
        return None
    given = [row.until for row in extensions if row.created_at >= started]
    return due_at(
        started,
        application.programme.review_target_days,
        [(row.started_at, row.ended_at) for row in pauses if row.started_at >= started],
        calendar,
        max(given, default=None),
    )


def _by_subject(model: Any, applications: Iterable[Application]) -> dict[UUID, list[Any]]:
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for row in model.objects.filter(subject_id__in=[each.pk for each in applications]):
        rows[row.subject_id].append(row)
    return rows


def _open_appeals(applications: Iterable[Application]) -> Iterable[Appeal]:
    appealed = [each.pk for each in applications if each.status == ApplicationStatus.APPEALED]
    return Appeal.objects.filter(subject_id__in=appealed, status=AppealStatus.OPEN)


@transaction.atomic
def extend_review(
    application: Application, *, until: dt.date, reason: str, by: User
) -> Application:
    """Take more time: the applicant is told why, until when, and whom to ask.

    Refuses a date that is not later than the one that was promised, and one without a reason.
    """
    lock(application)
    check_extend(application, by)
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise Refused(_("Write why it takes longer, in at most 1,000 letters: they read it."))
    promised = max(application.due_at or now(), now()).date()
    if not promised < until <= today() + _LONGEST_EXTENSION:
        raise Refused(_("Give a day after %(day)s, within a year.") % {"day": promised.isoformat()})
    moment = dt.datetime.combine(until, END_OF_DAY)
    record_extension(application, until=moment, reason=reason.strip(), by=by)
    recompute_due(application)
    emails.tell_extension(application, reason.strip(), application.owner or by)
    return application

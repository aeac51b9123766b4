"""Which applications with staff would be due on another day, and moving those days for good."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.actions import recompute_due_dates
from programmes.actions import change_policy
from programmes.models import Programme
from reviews.clock import Calendar, due_at
from reviews.models import Appeal, Extension, Pause
from reviews.states import AppealStatus

WORKING_DAYS = frozenset({"review_target_days", "holiday_countries", "closed_days"})

_Stop = tuple[dt.datetime, dt.datetime | None]


@dataclass(frozen=True)
class MovedDate:
    """One application with the day it is due now and the day it would be."""

    application_id: uuid.UUID
    before: dt.date
    after: dt.date


@transaction.atomic
def change_policy_and_dates(
    programme: Programme, *, changes: Mapping[str, Any], by: User, reason: str, revision: int
) -> None:
    """Change settings, and with the working days the due dates of what waits for staff."""
    change_policy(programme, changes=changes, by=by, reason=reason, revision=revision)
    if WORKING_DAYS & changes.keys():
        recompute_due_dates(programme)


def moved_due_dates(programme: Programme, changes: Mapping[str, Any]) -> list[MovedDate]:
    """Both days are computed alike, so what differs is due to the change alone."""
    old_calendar, new_calendar = _calendar(programme, {}), _calendar(programme, changes)
    old_days = programme.review_target_days
    new_days = changes.get("review_target_days", old_days)
    starts = _starts(programme)
    stops, promises = _stops(list(starts)), _promises(list(starts))
    moved = []
    for pk, start in starts.items():
        stood = [stop for stop in stops[pk] if stop[0] >= start]
        until = max((day for given, day in promises[pk] if given >= start), default=None)
        before = due_at(start, old_days, stood, old_calendar, until)
        after = due_at(start, new_days, stood, new_calendar, until)
        if before is not None and after is not None and before != after:
            moved.append(MovedDate(pk, before.date(), after.date()))
    return moved


def _starts(programme: Programme) -> dict[uuid.UUID, dt.datetime]:
    """When the clock of each began; an appeal has one of its own."""
    rows = programme.applications.with_staff()
    submitted = rows.values_list("pk", "submitted_at")
    starts = {pk: moment for pk, moment in submitted if moment is not None}
    appeals = Appeal.objects.filter(subject_id__in=list(starts), status=AppealStatus.OPEN)
    return starts | dict(appeals.values_list("subject_id", "created_at"))


def _calendar(programme: Programme, changes: Mapping[str, Any]) -> Calendar:
    return Calendar.of(
        changes.get("holiday_countries", programme.holiday_countries),
        changes.get("closed_days", programme.closed_days),
    )


def _stops(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[_Stop]]:
    found: dict[uuid.UUID, list[_Stop]] = defaultdict(list)
    rows = Pause.objects.filter(subject_id__in=ids)
    for subject, started, ended in rows.values_list("subject_id", "started_at", "ended_at"):
        found[subject].append((started, ended))
    return found


def _promises(
    ids: Sequence[uuid.UUID],
) -> dict[uuid.UUID, list[tuple[dt.datetime, dt.datetime]]]:
    """The extensions: when each was given, and until when."""
    found: dict[uuid.UUID, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    rows = Extension.objects.filter(subject_id__in=ids)
    for subject, given, until in rows.values_list("subject_id", "created_at", "until"):
        found[subject].append((given, until))
    return found

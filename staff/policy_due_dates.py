"""Which open applications would be due on another day under other working days."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programmes.models import Programme
from reviews.clock import Calendar, due_at
from reviews.models import Extension, Pause


@dataclass(frozen=True)
class MovedDate:
    """One application with the day it is due now and the day it would be."""

    application_id: uuid.UUID
    before: dt.date
    after: dt.date


def moved_due_dates(programme: Programme, changes: Mapping[str, Any]) -> list[MovedDate]:
    """Both days are computed alike, so what differs is due to the change alone."""
    old_calendar, new_calendar = _calendar(programme, {}), _calendar(programme, changes)
    old_days = programme.review_target_days
    new_days = changes.get("review_target_days", old_days)
    rows = list(programme.applications.in_hand().values_list("pk", "submitted_at"))
    pauses, extensions = _pauses([pk for pk, _at in rows]), _extensions([pk for pk, _at in rows])
    moved = []
    for pk, started in rows:
        if started is None:
            continue
        stood, until = pauses[pk], extensions.get(pk)
        before = due_at(started, old_days, stood, old_calendar, until)
        after = due_at(started, new_days, stood, new_calendar, until)
        if before is not None and after is not None and before != after:
            moved.append(MovedDate(pk, before.date(), after.date()))
    return moved


def _calendar(programme: Programme, changes: Mapping[str, Any]) -> Calendar:
    return Calendar.of(
        changes.get("holiday_countries", programme.holiday_countries),
        changes.get("closed_days", programme.closed_days),
    )


def _pauses(
    ids: list[uuid.UUID],
) -> dict[uuid.UUID, list[tuple[dt.datetime, dt.datetime | None]]]:
    found: dict[uuid.UUID, list[tuple[dt.datetime, dt.datetime | None]]] = defaultdict(list)
    rows = Pause.objects.filter(subject_id__in=ids)
    for subject, started, ended in rows.values_list("subject_id", "started_at", "ended_at"):
        found[subject].append((started, ended))
    return found


def _extensions(ids: list[uuid.UUID]) -> dict[uuid.UUID, dt.datetime]:
    rows = Extension.objects.filter(subject_id__in=ids).order_by("id")
    return dict(rows.values_list("subject_id", "until"))

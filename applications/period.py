"""For how long access was asked for, and when it runs."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.questions import DAYS_KEY, START_KEY
from lib.time import UTC


@dataclass(frozen=True)
class AskedPeriod:
    """The earliest day of access and the length that the applicant asked for."""

    earliest: dt.date | None
    days: int

    def runs_from(self, approved_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """From the later of the approval and the earliest start, to the end of the last day."""
        starts_at = approved_at
        if self.earliest is not None:
            starts_at = max(dt.datetime.combine(self.earliest, dt.time(), UTC), approved_at)
        last = starts_at.astimezone(UTC).date() + dt.timedelta(days=self.days)
        return starts_at, dt.datetime.combine(last, dt.time(), UTC)


def asked_period(answers: Mapping[str, Any]) -> AskedPeriod:
    """What the answers ask for, whether they give a length or, as older ones, a last day.

    The length in days counts the first and the last day.
    """
    first = _day(answers.get(START_KEY))
    last = _day(answers.get("ends_on"))
    days = int(answers.get(DAYS_KEY) or 0)
    if not days and first and last:
        days = (last - first).days + 1
    return AskedPeriod(first, max(days, 1))


def _day(answer: Any) -> dt.date | None:
    return dt.date.fromisoformat(answer) if answer else None

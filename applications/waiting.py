"""How long applications take: the figures that everybody may see, computed from what is kept.

A figure is the median and the 90th percentile, and is held back where fewer than five
applications stand behind it, so that nobody's own case can be read from it.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext_lazy as _

from applications.actions.timing import calendar_of
from applications.models import Application
from lib.time import today
from programmes.models import Programme
from reviews.models import Outcome

FEWEST = 5
_KEPT_SECONDS = 600
_FINAL = [Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.DECLINED]
_LONGEST_REVIEW_DAYS = 1_100

_TITLES = {
    "WORKING_DAYS": _("From submission to decision, in our working days"),
    "ALL_DAYS": _("From submission to decision, in all days, yours included"),
    "SCREENING": _("First check, in all days"),
    "REVIEWS": _("Independent reviews, in all days"),
    "DECISION": _("Decision after the last review, in all days"),
}

_MEASURES = """
WITH working AS (SELECT unnest(%(days)s::date[]) AS day),
decided AS (
    SELECT application.id, application.submitted_at AS submitted,
           min(decision.created_at) AS decided
    FROM applications_application application
    JOIN reviews_decision decision ON decision.subject_id = application.id
    WHERE application.programme_id = %(programme)s
      AND decision.subject_kind = 'applications.application'
      AND NOT decision.is_proposal AND decision.outcome = ANY(%(final)s)
    GROUP BY application.id
    HAVING min(decision.created_at) >= %(since)s
),
reviewed AS (
    SELECT decided.id, min(review.created_at) AS begun, max(review.given_at) AS given
    FROM decided JOIN reviews_review review ON review.subject_id = decided.id
    WHERE NOT review.is_appeal AND review.status = 'GIVEN'
    GROUP BY decided.id
),
measured AS (
    SELECT 'WORKING_DAYS' AS what, (
        SELECT count(*) FROM working
        WHERE day > (submitted AT TIME ZONE 'UTC')::date
          AND day <= (decided AT TIME ZONE 'UTC')::date
          AND NOT EXISTS (
            SELECT 1 FROM reviews_pause pause WHERE pause.subject_id = decided.id
              AND day BETWEEN (pause.started_at AT TIME ZONE 'UTC')::date
                          AND (coalesce(pause.ended_at, decided) AT TIME ZONE 'UTC')::date)
    )::float AS days FROM decided
    UNION ALL SELECT 'ALL_DAYS', extract(epoch FROM decided - submitted) / 86400 FROM decided
    UNION ALL SELECT 'SCREENING', extract(epoch FROM begun - submitted) / 86400
        FROM decided JOIN reviewed USING (id)
    UNION ALL SELECT 'REVIEWS', extract(epoch FROM given - begun) / 86400 FROM reviewed
    UNION ALL SELECT 'DECISION', extract(epoch FROM decided - given) / 86400
        FROM decided JOIN reviewed USING (id)
)
SELECT what, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY days)
FROM measured GROUP BY what
"""


@dataclass(frozen=True)
class Measure:
    """How long one thing took, in days; nothing where too few stand behind it."""

    what: str
    count: int | None
    median: float | None
    ninetieth: float | None

    @property
    def title(self) -> str:
        return str(_TITLES[self.what])


@dataclass(frozen=True)
class WaitingTimes:
    """The figures of one programme."""

    last_90_days: list[Measure]
    last_year: list[Measure]
    queue_length: int
    oldest_days: int | None


def waiting_times(programme: Programme) -> WaitingTimes:
    """The figures as they were at most ten minutes ago."""
    key = f"waiting-times:{programme.pk}"
    found: WaitingTimes | None = cache.get(key)
    if found is None:
        found = _compute(programme)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def as_json(programme: Programme, times: WaitingTimes) -> dict[str, Any]:
    """The same figures for machines; days, null where fewer than five stand behind them."""
    return {"programme": programme.slug, "fewest": FEWEST, **asdict(times)}


def ahead_of(application: Application) -> int:
    """How many others of the programme, with staff too, are due before this one."""
    others = Application.objects.with_staff().filter(programme=application.programme_id)
    return others.filter(due_at__lt=application.due_at).count() if application.due_at else 0


def _compute(programme: Programme) -> WaitingTimes:
    waiting = Application.objects.with_staff().filter(programme=programme)
    oldest = waiting.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    return WaitingTimes(
        last_90_days=_measures(programme, 90),
        last_year=_measures(programme, 365),
        queue_length=waiting.count(),
        oldest_days=(today() - oldest.date()).days if oldest else None,
    )


def _measures(programme: Programme, span_days: int) -> list[Measure]:
    since = today() - dt.timedelta(days=span_days)
    values: dict[str, Any] = {
        "programme": programme.pk,
        "since": since,
        "final": [outcome.value for outcome in _FINAL],
        "days": _working_days(programme, since - dt.timedelta(days=_LONGEST_REVIEW_DAYS)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MEASURES, values)
        rows = {what: figures for what, *figures in cursor.fetchall()}
    return [_measure(what, *rows.get(what, (0, None, None))) for what in _TITLES]


def _measure(what: str, count: int, median: float | None, ninetieth: float | None) -> Measure:
    if count < FEWEST or median is None or ninetieth is None:
        return Measure(what, None, None, None)
    return Measure(what, count, round(median, 1), round(ninetieth, 1))


def _working_days(programme: Programme, first: dt.date) -> list[dt.date]:
    calendar = calendar_of(programme)
    days = (first + dt.timedelta(days=n) for n in range((today() - first).days + 1))
    return [day for day in days if calendar.is_working_day(day)]

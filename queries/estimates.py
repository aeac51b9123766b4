"""What a query would cost before it runs: exact, because the engine counts it."""

import datetime as dt
from dataclasses import dataclass

from corpus import engines, language
from organizations.models import Organization
from queries.scope import check_in_scope
from quotas.buckets import RECORDS_PER_REQUEST
from quotas.usage import Today, today


@dataclass(frozen=True)
class Estimate:
    """`days` counts quota days, this one included; the run ends on `ends_on` if it has the lab's
    whole quota for itself."""

    records: int
    requests: int
    days: int
    ends_on: dt.date
    quota: Today


def estimate(organization: Organization, query: language.Query) -> Estimate:
    """Count the query in the lab's corpus and lay its cost over the days it needs.

    Refuses what lies outside of the lab's scope: the count alone would tell of it.
    """
    check_in_scope(organization.approved_data, query)
    records = engines.current(organization.programme.corpus).count(query)
    requests = max(1, -(-records // RECORDS_PER_REQUEST))
    quota = today(organization)
    days = 1 + max(
        _further_days(requests, quota.requests_left, quota.requests_limit),
        _further_days(records, quota.records_left, quota.records_limit),
    )
    ends_on = quota.day + dt.timedelta(days=days - 1)
    return Estimate(records, requests, days, ends_on, quota)


def _further_days(needed: int, left: int, limit: int) -> int:
    """How many days after this one, when this day gives what is left and each other its limit."""
    return max(0, -(-(needed - left) // max(1, limit)))

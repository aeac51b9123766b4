"""What pages show of the quota: this day, the days before, and who spent it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from lib import time
from organizations.models import Membership, Organization
from quotas.buckets import Bucket, daily_limits, own_limits
from quotas.models import Charge, ChargeState, QuotaDay


@dataclass(frozen=True)
class Today:
    """One bucket of the present quota day. `reserved` belongs to requests under way.

    More may be used than the limit says, where the lab's own limit was lowered on this day.
    """

    bucket: Bucket
    day: dt.date
    requests_limit: int
    requests_used: int
    requests_reserved: int
    records_limit: int
    records_used: int
    records_reserved: int

    @property
    def requests_left(self) -> int:
        return max(0, self.requests_limit - self.requests_used - self.requests_reserved)

    @property
    def records_left(self) -> int:
        return max(0, self.records_limit - self.records_used - self.records_reserved)

    @property
    def resets_at(self) -> dt.datetime:
        return time.next_midnight(dt.datetime.combine(self.day, dt.time(), dt.UTC))


@dataclass(frozen=True)
class MemberUsage:
    """What one member has used of one day, over all buckets."""

    membership: Membership
    requests: int
    records: int


def today(organization: Organization, bucket: Bucket = Bucket.RESEARCH) -> Today:
    """The present day, whether or not anything was charged to it yet."""
    present = time.today()
    row = organization.quota_days.filter(bucket=bucket, day__gte=present).first()
    if row is None:
        requests_limit, records_limit = daily_limits(organization, bucket)
        return Today(bucket, present, requests_limit, 0, 0, records_limit, 0, 0)
    own_requests, own_records = own_limits(organization, bucket)
    return Today(
        bucket,
        row.day,
        row.requests_limit if own_requests is None else own_requests,
        row.requests_used,
        row.requests_reserved,
        row.records_limit if own_records is None else own_records,
        row.records_used,
        row.records_reserved,
    )


def history(organization: Organization, days: int = 30) -> list[QuotaDay]:
    """The last days on which anything was charged, the newest first."""
    since = time.today() - dt.timedelta(days=days - 1)
    return list(organization.quota_days.filter(day__gte=since).order_by("-day", "bucket"))


def by_member(organization: Organization, day: dt.date) -> list[MemberUsage]:
    """Every member who used something on that day, the largest use first."""
    rows = _used(organization, day)
    people = Membership.objects.select_related("user").in_bulk(
        [membership_id for membership_id, _, _ in rows]
    )
    return [MemberUsage(people[key], requests, records) for key, requests, records in rows]


def _used(organization: Organization, day: dt.date) -> QuerySet[Charge, tuple[uuid.UUID, int, int]]:
    settled = Q(state__in=[ChargeState.SETTLED, ChargeState.WASTED])
    return (
        Charge.objects.filter(settled, quota_day__organization=organization, quota_day__day=day)
        .values("membership_id")
        .annotate(requests=Count("pk"), sum_of_records=Coalesce(Sum("records"), 0))
        .order_by("-requests", "membership_id")
        .values_list("membership_id", "requests", "sum_of_records")
    )

"""Where a member stands with a bucket and a key, read by one SELECT that locks nothing."""

import datetime as dt
import uuid
from dataclasses import dataclass

from organizations.models import Organization
from quotas.buckets import Bucket
from quotas.refusals import Which
from quotas.statements import fetch_row


@dataclass(frozen=True)
class Entry:
    """What the ledger holds under the key."""

    charge_id: int
    quota_day_id: int
    records: int
    state: str
    membership_id: uuid.UUID
    endpoint: str


@dataclass(frozen=True)
class Standing:
    """What a vain attempt needs to know to say why.

    The fields of both classes stand in the order of the SELECT's columns. Without a row for any
    day yet, `newest_day` and the numbers are empty.
    """

    organization_id: uuid.UUID
    is_open: bool
    today: dt.date
    newest_day: dt.date | None
    requests_limit: int
    records_limit: int
    requests_used: int
    records_used: int
    requests_reserved: int
    records_reserved: int
    entry: Entry | None

    @property
    def needs_day(self) -> bool:
        return self.newest_day is None or self.newest_day < self.today

    @property
    def day(self) -> dt.date:
        """The quota day: never earlier than one that was opened, whatever the clock does."""
        return max(self.today, self.newest_day or self.today)

    def exhausted(self, records: int) -> Which | None:
        """What is used up for good; requests under way could still give the rest back."""
        if self.requests_used >= self.requests_limit:
            return "requests"
        if records and self.records_used >= self.records_limit:
            return "records"
        return None

    def organization(self) -> Organization:
        return Organization.objects.select_related("programme").get(pk=self.organization_id)


_LOOK_UP = """
SELECT membership.organization_id,
       membership.status = 'ACTIVE' AND COALESCE(person.is_active, false)
         AND organization.status = 'ACTIVE'
         AND organization.starts_at <= carrel_now() AND carrel_now() < organization.ends_at,
       (carrel_now() AT TIME ZONE 'UTC')::date,
       day.day,
       COALESCE(own.requests, day.requests_limit), COALESCE(own.records, day.records_limit),
       day.requests_used, day.records_used,
       day.requests_reserved, day.records_reserved,
       charge.id, charge.quota_day_id, charge.records, charge.state, charge.membership_id,
       charge.endpoint
FROM organizations_membership membership
JOIN organizations_organization organization ON organization.id = membership.organization_id
CROSS JOIN LATERAL (
  SELECT CASE %(bucket)s WHEN 'relations' THEN organization.relations_requests_limit
                         ELSE organization.research_requests_limit END AS requests,
         CASE %(bucket)s WHEN 'relations' THEN organization.relations_records_limit
                         ELSE organization.research_records_limit END AS records
) own
LEFT JOIN accounts_user person ON person.id = membership.user_id
LEFT JOIN LATERAL (
  SELECT * FROM quotas_quotaday
  WHERE organization_id = membership.organization_id AND bucket = %(bucket)s
  ORDER BY day DESC LIMIT 1
) day ON true
LEFT JOIN quotas_charge charge
  ON charge.organization_id = membership.organization_id
 AND charge.key = %(key)s AND charge.state <> 'RELEASED'
WHERE membership.id = %(membership_id)s
"""


def look_up(*, membership_id: uuid.UUID, bucket: Bucket, key: str) -> Standing | None:
    """None if there is no such membership."""
    row = fetch_row(_LOOK_UP, {"membership_id": membership_id, "bucket": bucket, "key": key})
    if row is None:
        return None
    entry = Entry(*row[10:]) if row[10] is not None else None
    return Standing(*(*row[:10], entry))

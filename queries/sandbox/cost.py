"""What a number of records would cost a lab that has its whole quota for itself."""

from dataclasses import dataclass

from programmes.models import Programme
from quotas.buckets import RECORDS_PER_REQUEST


@dataclass(frozen=True)
class Cost:
    records: int
    requests: int
    days: int
    requests_limit: int
    records_limit: int
    is_longer_than_access: bool


def cost_of(records: int, programme: Programme) -> Cost:
    """Requests and quota days under the programme's limits; an empty result costs its request."""
    requests_limit = programme.research_requests_limit
    records_limit = programme.research_records_limit
    requests = max(1, _parts(records, RECORDS_PER_REQUEST))
    days = max(_parts(requests, requests_limit), _parts(records, records_limit))
    too_long = days > programme.longest_access_days
    return Cost(records, requests, days, requests_limit, records_limit, too_long)


def _parts(whole: int, part: int) -> int:
    return -(-whole // max(1, part))

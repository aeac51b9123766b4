"""Which endpoint draws on which daily budget. Both front ends read this table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization

RECORDS_PER_REQUEST = 100


class Bucket(TextChoices):
    RESEARCH = "research", _("Research")
    RELATIONS = "relations", _("Followers and following")


ENDPOINT_BUCKETS: dict[str, Bucket] = {
    "video/query": Bucket.RESEARCH,
}


def own_limits(organization: Organization, bucket: Bucket) -> tuple[int | None, int | None]:
    """Requests and records a day that the lab was approved for; None is as the programme has it."""
    if bucket == Bucket.RELATIONS:
        return organization.relations_requests_limit, organization.relations_records_limit
    return organization.research_requests_limit, organization.research_records_limit


def daily_limits(organization: Organization, bucket: Bucket) -> tuple[int, int]:
    """Requests and records that the lab may use in one UTC day: its own, else the programme's."""
    requests, records = own_limits(organization, bucket)
    programme = organization.programme
    if bucket == Bucket.RELATIONS:
        usual = programme.relations_requests_limit, programme.relations_records_limit
    else:
        usual = programme.research_requests_limit, programme.research_records_limit
    return (
        usual[0] if requests is None else requests,
        usual[1] if records is None else records,
    )

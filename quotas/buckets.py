"""Which endpoint draws on which daily budget. Both front ends read this table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme

RECORDS_PER_REQUEST = 100


class Bucket(TextChoices):
    RESEARCH = "research", _("Research")
    RELATIONS = "relations", _("Followers and following")


ENDPOINT_BUCKETS: dict[str, Bucket] = {
    "video/query": Bucket.RESEARCH,
}


def daily_limits(programme: Programme, bucket: Bucket) -> tuple[int, int]:
    """Requests and records that one lab of the programme may use in one UTC day."""
    if bucket == Bucket.RELATIONS:
        return programme.relations_requests_limit, programme.relations_records_limit
    return programme.research_requests_limit, programme.research_records_limit

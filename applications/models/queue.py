"""The indexes of the desk's queue: for each of its lists one a filter, in the order it is read.

They are partial, so that one row stands in the indexes of one list only, and a filter that finds
few costs no walk through those that it does not find.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db.models import Index, Q

from applications.states import CLOSED, WITH_STAFF, ApplicationStatus

_FILTERS = {
    "status": "status",
    "owner": "owner",
    "colour": "colour",
    "country": "country_code",
    "programme": "programme",
}
_WITH_STAFF = Q(status__in=WITH_STAFF)
_CLOSED = Q(status__in=CLOSED, submitted_at__isnull=False)

QUEUE_INDEXES = [
    *(
        Index(fields=[column, "due_at", "id"], name=f"queue_by_{name}", condition=_WITH_STAFF)
        for name, column in _FILTERS.items()
    ),
    Index(
        fields=["due_at", "id"],
        name="queue_resubmitted",
        condition=_WITH_STAFF & Q(version_count__gt=1),
    ),
    Index(
        fields=["id"],
        name="queue_with_applicant",
        condition=Q(status=ApplicationStatus.CHANGES_REQUESTED),
    ),
    Index(fields=["id"], name="queue_closed", condition=_CLOSED),
    *(
        Index(fields=[column, "id"], name=f"queue_closed_by_{name}", condition=_CLOSED)
        for name, column in _FILTERS.items()
    ),
    Index(
        fields=["id"],
        name="queue_closed_resubmitted",
        condition=_CLOSED & Q(version_count__gt=1),
    ),
    GinIndex(fields=["search"], name="queue_search"),
]

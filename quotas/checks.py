"""Whether the counters are what the ledger says: the truth that no fault may break."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from organizations.models import Organization
from quotas.models import ChargeState, QuotaDay

_RESERVED = Q(charges__state=ChargeState.RESERVED)
_USED = Q(charges__state__in=[ChargeState.SETTLED, ChargeState.WASTED])

_SUMS = {
    "requests_used": Count("charges", filter=_USED),
    "records_used": Coalesce(Sum("charges__records", filter=_USED), 0),
    "requests_reserved": Count("charges", filter=_RESERVED),
    "records_reserved": Coalesce(Sum("charges__records", filter=_RESERVED), 0),
}


def ledger_matches(organization: Organization) -> list[str]:
    """A sentence for each thing that is wrong; none if all is well.

    One statement, so that it sees one moment and may run while requests are under way.
    """
    return [sentence for day in _days_with_sums(organization) for sentence in _problems(day)]


def _days_with_sums(organization: Organization) -> QuerySet[QuotaDay]:
    sums = {f"sum_of_{name}": total for name, total in _SUMS.items()}
    return QuotaDay.objects.filter(organization=organization).annotate(**sums)


def _problems(day: QuotaDay) -> Iterator[str]:
    sums = {name: getattr(day, f"sum_of_{name}") for name in _SUMS}
    for name, total in sums.items():
        if getattr(day, name) != total:
            yield f"{day}: {name} is {getattr(day, name)}, the ledger says {total}"
    for what in ("requests", "records"):
        limit = getattr(day, f"{what}_limit")
        charged = sums[f"{what}_used"] + sums[f"{what}_reserved"]
        if charged > limit:
            yield f"{day}: the ledger holds {charged} {what}, the limit is {limit}"

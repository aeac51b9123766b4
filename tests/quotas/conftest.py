"""A lab with a small budget, and short ways to charge it."""

import pytest

from quotas.actions import reserve
from quotas.checks import ledger_matches
from quotas.models import QuotaDay
from tests.factories.organizations import make_organization

ENDPOINT = "video/query"


@pytest.fixture
def lab(paula):
    """Paula's lab: three requests and 250 records a day."""
    lab = make_organization(paula, requests=3, records=250)
    yield lab
    assert ledger_matches(lab) == []


@pytest.fixture
def charge(lab):
    """Reserve for Paula; each call has a key of its own unless told otherwise."""
    keys = iter(range(1_000_000))
    principal = lab.principal

    def charge_lab(records=100, *, key=None, membership=None, **options):
        membership = membership or principal
        key = key or f"key {next(keys)}"
        return reserve(
            membership_id=membership.pk, endpoint=ENDPOINT, records=records, key=key, **options
        )

    return charge_lab


@pytest.fixture
def counters(lab):
    """The newest day's counters: requests used and reserved, records used and reserved."""

    def read_counters():
        row = QuotaDay.objects.filter(organization=lab).order_by("-day").first()
        if row is None:
            return None
        return (
            row.requests_used,
            row.requests_reserved,
            row.records_used,
            row.records_reserved,
        )

    return read_counters

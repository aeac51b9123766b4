"""The ledger's benchmark does the same work on both sides, and checks that it did."""

import pytest

from benchmarks.ledger import ledger
from quotas.models import QuotaDay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short_warm_up(monkeypatch):
    monkeypatch.setattr("benchmarks.ledger.WARM_UP_COUNT", 1)


@pytest.mark.parametrize(("client_count", "lab_count"), [(2, 1), (3, 5)])
def test_both_ledgers_come_out_with_the_same_counters(client_count, lab_count):
    result = ledger(
        client_count=client_count, lab_count=lab_count, operation_count=client_count * 3
    )

    assert len(result["pairs"]) >= 7
    assert result["operations"] == client_count * 3
    assert result["value"] > 0
    assert result["per_second"] > 0
    assert QuotaDay.objects.count() <= lab_count


def test_a_ledger_that_lost_a_charge_is_found_out(monkeypatch):
    monkeypatch.setattr("benchmarks.ledger.settle", lambda **ended: None)

    with pytest.raises(AssertionError, match="requests_used"):
        ledger(client_count=1, lab_count=1, operation_count=1)

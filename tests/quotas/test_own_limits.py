"""A lab that was approved for limits of its own: never over them, whenever they change."""

from collections import Counter

import pytest

from organizations.models import Organization
from quotas.actions import release, reserve, settle
from quotas.checks import ledger_matches
from quotas.models import QuotaDay
from quotas.refusals import QuotaBusy, QuotaExhausted
from quotas.usage import today
from tests.factories.organizations import change_scope, make_organization
from tests.factories.people import make_user
from tests.quotas.processes import race


@pytest.fixture
def small_lab(paula):
    """The programme gives ten requests and 1,000 records; the lab was approved for less."""
    scope = {"research_requests_limit": 3, "research_records_limit": 120}
    lab = make_organization(paula, requests=10, records=1_000, scope=scope)
    yield lab
    assert ledger_matches(lab) == []


def spend(lab, records=10, *, key=None):
    key = key or f"key {QuotaDay.objects.count()} {today(lab).requests_used}"
    charge = reserve(
        membership_id=lab.principal.pk, endpoint="video/query", records=records, key=key
    )
    settle(charge_id=charge.charge_id, records=charge.records)
    return charge.records


@pytest.mark.django_db
def test_a_lab_has_the_requests_that_it_was_approved_for(small_lab):
    assert today(small_lab).requests_left == 3
    for _request in range(3):
        spend(small_lab)

    with pytest.raises(QuotaExhausted) as refusal:
        spend(small_lab)

    assert refusal.value.which == "requests"
    assert today(small_lab).requests_left == 0
    assert QuotaDay.objects.get().requests_limit == 3


@pytest.mark.django_db
def test_a_page_is_cut_to_the_records_that_the_lab_was_approved_for(small_lab):
    assert [spend(small_lab, 100), spend(small_lab, 100)] == [100, 20]

    with pytest.raises(QuotaExhausted) as refusal:
        spend(small_lab, 1)

    assert refusal.value.which == "records"
    assert spend(small_lab, 0) == 0


@pytest.mark.django_db
def test_one_bucket_may_be_limited_and_the_other_as_the_programme_has_it(paula):
    lab = make_organization(paula, requests=10, scope={"relations_records_limit": 5})

    assert today(lab, "relations").records_limit == 5
    assert today(lab, "relations").requests_limit == 20_000
    assert today(lab).requests_limit == 10
    assert today(lab).records_limit == 100_000


@pytest.mark.django_db
def test_a_limit_of_nothing_admits_nothing(paula):
    lab = make_organization(paula, scope={"research_requests_limit": 0})

    with pytest.raises(QuotaExhausted):
        spend(lab)

    assert ledger_matches(lab) == []


@pytest.mark.django_db
def test_a_limit_lowered_below_what_is_used_admits_nothing_and_breaks_nothing(small_lab):
    spend(small_lab, 50)
    held = reserve(
        membership_id=small_lab.principal.pk, endpoint="video/query", records=50, key="held"
    )
    change_scope(small_lab, {"research_requests_limit": 1, "research_records_limit": 20})
    small_lab.refresh_from_db()

    for records in (0, 1, 100):
        with pytest.raises(QuotaExhausted):
            spend(small_lab, records, key=f"new {records}")
    settle(charge_id=held.charge_id, records=50)

    present = today(small_lab)
    assert (present.requests_used, present.requests_limit, present.requests_left) == (2, 1, 0)
    assert (present.records_used, present.records_limit, present.records_left) == (100, 20, 0)
    assert ledger_matches(small_lab) == []


@pytest.mark.django_db
def test_what_is_given_back_below_a_lowered_limit_admits_nobody(small_lab):
    spend(small_lab, 10)
    spend(small_lab, 10, key="second")
    held = reserve(
        membership_id=small_lab.principal.pk, endpoint="video/query", records=10, key="held"
    )
    change_scope(small_lab, {"research_requests_limit": 2})

    release(charge_id=held.charge_id)

    with pytest.raises(QuotaExhausted):
        spend(small_lab, key="third")


@pytest.mark.django_db
def test_an_empty_page_is_served_where_only_the_records_were_lowered_below_what_is_used(small_lab):
    spend(small_lab, 100)
    change_scope(small_lab, {"research_records_limit": 20})

    assert spend(small_lab, 0, key="empty") == 0
    with pytest.raises(QuotaExhausted) as refusal:
        spend(small_lab, 1, key="one more")

    assert refusal.value.which == "records"
    assert ledger_matches(small_lab) == []


@pytest.mark.django_db
def test_a_raised_limit_counts_at_once(small_lab):
    for number in range(3):
        spend(small_lab, key=str(number))
    change_scope(small_lab, {"research_requests_limit": 5, "research_records_limit": 200})

    assert [spend(small_lab, 100, key="4"), spend(small_lab, 100, key="5")] == [100, 70]

    with pytest.raises(QuotaExhausted):
        spend(small_lab, key="6")
    assert QuotaDay.objects.get().requests_limit == 5


@pytest.mark.django_db
def test_whoever_waits_for_requests_under_way_is_told_so_under_an_own_limit(paula):
    lab = make_organization(paula, scope={"research_requests_limit": 1})
    reserve(membership_id=lab.principal.pk, endpoint="video/query", records=1, key="held")

    with pytest.raises(QuotaBusy):
        spend(lab, key="second")


def _admit(membership_id, key):
    while True:
        try:
            charge = reserve(
                membership_id=membership_id, endpoint="video/query", records=7, key=key
            )
        except QuotaBusy:
            continue
        except QuotaExhausted:
            return "refused"
        settle(charge_id=charge.charge_id, records=charge.records)
        return "admitted"


@pytest.mark.django_db(transaction=True)
def test_twenty_processes_are_admitted_exactly_to_the_limit_of_the_lab():
    scope = {"research_requests_limit": 90, "research_records_limit": 500}
    lab = make_organization(make_user("race@uva.nl"), requests=1_000, scope=scope)
    membership_id = lab.principal.pk

    def work(number):
        return Counter(_admit(membership_id, f"{number}/{attempt}") for attempt in range(8))

    outcomes = sum(race(work, process_count=20), Counter())

    assert outcomes == {"admitted": 72, "refused": 88}
    assert today(lab).records_used == 500
    assert ledger_matches(lab) == []


@pytest.mark.django_db(transaction=True)
def test_a_limit_that_goes_up_and_down_under_load_is_never_overrun():
    """One process moves the limit; the rows' constraints and the ledger hold all the while."""
    lab = make_organization(make_user("race@uva.nl"), scope={"research_requests_limit": 40})
    membership_id = lab.principal.pk

    def work(number):
        if number:
            return Counter(_admit(membership_id, f"{number}/{attempt}") for attempt in range(15))
        for limit in (10, 60, 5, 80, 1, 70) * 5:
            Organization.objects.filter(pk=lab.pk).update(research_requests_limit=limit)
        return Counter()

    outcomes = sum(race(work, process_count=10), Counter())
    lab.refresh_from_db()

    assert outcomes["admitted"] == today(lab).requests_used <= 80
    assert outcomes["admitted"] + outcomes["refused"] == 9 * 15
    assert ledger_matches(lab) == []

"""The rules of the ledger, one caller at a time."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from lib.time import now
from organizations.actions import remove_membership
from quotas import tasks
from quotas.actions import (
    extend_lease,
    free_dead_charges,
    release,
    reservations,
    reserve,
    settle,
    waste,
)
from quotas.models import Charge, ChargeState, QuotaDay
from quotas.refusals import AccessEnded, ChargeGone, KeyTaken, QuotaBusy, QuotaExhausted
from tests.factories.organizations import make_client, make_member, make_organization

LATER = dt.timedelta(minutes=5)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(reservations, "PATIENCE_SECONDS", 0.0)


def settle_new(charge, records=100, delivered=None):
    reservation = charge(records)
    settle(charge_id=reservation.charge_id, records=records if delivered is None else delivered)
    return reservation


def test_a_reservation_counts_until_it_is_settled(charge, counters):
    reservation = charge(100)

    assert reservation.records == 100
    assert not reservation.is_repeat
    assert reservation.state == ChargeState.RESERVED
    assert counters() == (0, 1, 0, 100)


def test_the_first_charge_opens_the_day_with_the_limits_of_the_programme(charge, lab):
    charge(100)

    day = QuotaDay.objects.get()
    assert (day.organization_id, day.day) == (lab.pk, now().date())
    assert (day.requests_limit, day.records_limit) == (3, 250)


@pytest.mark.parametrize("delivered", [0, 37, 100])
def test_settling_charges_what_was_delivered_and_gives_back_the_rest(charge, counters, delivered):
    settle_new(charge, 100, delivered)

    assert counters() == (1, 0, delivered, 0)


def test_a_page_known_to_be_empty_costs_its_request(charge, counters):
    settle_new(charge, 0)

    assert counters() == (1, 0, 0, 0)


def test_an_empty_page_may_still_be_asked_for_when_all_records_are_used(charge, counters):
    for records in (100, 100):
        settle_new(charge, records)
    QuotaDay.objects.update(records_limit=200)

    assert charge(0).records == 0


def test_releasing_gives_everything_back(charge, counters):
    release(charge_id=charge().charge_id)

    assert counters() == (0, 0, 0, 0)


def test_what_an_upstream_service_charged_in_vain_costs_the_request(charge, counters):
    waste(charge_id=charge().charge_id)

    assert counters() == (1, 0, 0, 0)


def test_the_last_page_is_cut_to_what_is_left(charge, counters):
    for _ in range(2):
        settle_new(charge)

    reservation = charge(100)

    assert reservation.records == 50
    assert counters() == (2, 1, 200, 50)


def test_used_requests_refuse_until_midnight(charge):
    for _ in range(3):
        settle_new(charge, 10)

    with pytest.raises(QuotaExhausted) as refusal:
        charge(10)

    assert refusal.value.which == "requests"
    assert refusal.value.resets_at == dt.datetime.combine(
        now().date() + dt.timedelta(days=1), dt.time(), dt.UTC
    )
    assert "all its requests" in refusal.value.sentence


def test_used_records_refuse_until_midnight(charge):
    settle_new(charge, 100)
    QuotaDay.objects.update(records_limit=100)

    with pytest.raises(QuotaExhausted, match="all its records") as refusal:
        charge(10)

    assert refusal.value.which == "records"


def test_requests_under_way_make_it_busy_and_not_exhausted(charge, impatient):
    for _ in range(3):
        charge(10)

    with pytest.raises(QuotaBusy):
        charge(10)


def test_a_busy_day_is_tried_again_until_something_is_given_back(charge, monkeypatch):
    reservations_under_way = [charge(10) for _ in range(3)]
    monkeypatch.setattr(
        reservations.time,
        "sleep",
        lambda _: release(charge_id=reservations_under_way.pop().charge_id),
    )

    reservation = charge(10)

    assert reservation.records == 10
    assert len(reservations_under_way) == 2


def test_a_refusal_writes_nothing(charge, counters, lab):
    for _ in range(3):
        settle_new(charge, 10)
    before = counters(), Charge.objects.count()

    with pytest.raises(QuotaExhausted):
        charge(10)

    assert (counters(), Charge.objects.count()) == before


@pytest.mark.parametrize("records", [-1, 101])
def test_no_request_carries_other_numbers_of_records(charge, counters, records):
    with pytest.raises(ValueError, match="a request carries 0 to 100 records"):
        charge(records)

    assert counters() is None


def test_an_endpoint_without_a_bucket_is_a_bug(lab):
    with pytest.raises(KeyError):
        reserve(membership_id=lab.principal.pk, endpoint="no/such", records=1, key="k")


# The same key again ----------------------------------------------------------------------------


def test_the_same_key_answers_the_same_entry(charge, counters):
    first = charge(100, key="page 7")
    settle(charge_id=first.charge_id, records=80)

    again = charge(100, key="page 7")

    assert again.charge_id == first.charge_id
    assert (again.is_repeat, again.state, again.records) == (True, ChargeState.SETTLED, 80)
    assert counters() == (1, 0, 80, 0)


def test_the_same_key_is_answered_on_a_day_that_is_used_up(charge):
    first = charge(100, key="page 7")
    for _ in range(2):
        settle_new(charge, 10)

    assert charge(100, key="page 7").charge_id == first.charge_id


def test_a_key_whose_entry_was_given_back_may_be_charged_again(charge, counters):
    first = charge(100, key="page 7")
    release(charge_id=first.charge_id)

    again = charge(100, key="page 7")

    assert not again.is_repeat
    assert again.charge_id != first.charge_id
    assert counters() == (0, 1, 0, 100)
    assert Charge.objects.get(pk=first.charge_id).state == ChargeState.RELEASED


def test_another_member_cannot_take_over_a_key(charge, lab, carl):
    charge(100, key="page 7")

    with pytest.raises(KeyTaken):
        charge(100, key="page 7", membership=make_member(lab, carl))


def test_another_lab_may_use_the_same_key(charge, carl):
    charge(100, key="page 7")
    other = make_organization(carl)

    reservation = charge(100, key="page 7", membership=other.principal)

    assert not reservation.is_repeat


def test_a_repeat_inside_of_a_transaction_leaves_the_transaction_usable(charge, counters):
    first = charge(100, key="page 7")

    with transaction.atomic():
        again = charge(100, key="page 7")
        settle(charge_id=again.charge_id, records=10)

    assert again.charge_id == first.charge_id
    assert counters() == (1, 0, 10, 0)


# Who may ---------------------------------------------------------------------------------------


def test_a_removed_member_is_refused_at_the_next_request(charge, lab, carl, paula):
    membership = make_member(lab, carl)
    reservation = charge(10, membership=membership)

    remove_membership(membership, by=paula)

    with pytest.raises(AccessEnded):
        charge(10, membership=membership)
    settle(charge_id=reservation.charge_id, records=10)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE organizations_organization SET status = 'SUSPENDED'",
        "UPDATE organizations_organization SET status = 'CLOSED'",
        "UPDATE organizations_organization SET ends_at = carrel_now()",
        "UPDATE organizations_organization SET starts_at = carrel_now() + interval '1 hour'",
        "UPDATE accounts_user SET is_active = false",
        "UPDATE organizations_membership SET status = 'INVITED'",
        "UPDATE organizations_membership SET status = 'REMOVED', seat = NULL",
    ],
)
@pytest.mark.parametrize("is_day_open", [True, False])
def test_whoever_has_no_access_now_is_refused(charge, lab, counters, sql, is_day_open):
    membership = lab.principal
    if is_day_open:
        settle_new(charge, 10)
    before = counters()

    with connection.cursor() as cursor:
        cursor.execute(sql)

    with pytest.raises(AccessEnded):
        charge(10, membership=membership)
    assert counters() == before


def test_a_membership_that_does_not_exist_is_refused(lab):
    with pytest.raises(AccessEnded):
        reserve(membership_id=uuid.uuid4(), endpoint="video/query", records=1, key="k")


def test_an_entry_names_the_client_that_sent_it(charge, lab):
    client, _ = make_client(lab.principal)

    reservation = charge(10, client_id=client.pk)

    assert Charge.objects.get(pk=reservation.charge_id).client == client


# Ending twice, or otherwise --------------------------------------------------------------------


def test_settling_again_with_the_same_number_changes_nothing(charge, counters):
    reservation = settle_new(charge, 100, 37)

    settle(charge_id=reservation.charge_id, records=37)

    assert counters() == (1, 0, 37, 0)


def test_settling_again_with_another_number_is_a_bug(charge, counters):
    reservation = settle_new(charge, 100, 37)

    with pytest.raises(ValueError, match="settled with 37"):
        settle(charge_id=reservation.charge_id, records=38)

    assert counters() == (1, 0, 37, 0)


@pytest.mark.parametrize("records", [-1, 11])
def test_more_than_was_reserved_cannot_be_settled(charge, counters, records):
    reservation = charge(10)

    with pytest.raises(ValueError, match="records"):
        settle(charge_id=reservation.charge_id, records=records)

    assert counters() == (0, 1, 0, 10)


_ENDINGS = {
    ChargeState.SETTLED: lambda charge_id: settle(charge_id=charge_id, records=0),
    ChargeState.RELEASED: lambda charge_id: release(charge_id=charge_id),
    ChargeState.WASTED: lambda charge_id: waste(charge_id=charge_id),
}


@pytest.mark.parametrize("first", _ENDINGS)
@pytest.mark.parametrize("second", _ENDINGS)
def test_a_charge_ends_once(charge, counters, first, second):
    charge_id = charge(10).charge_id
    _ENDINGS[first](charge_id)
    before = counters()

    if first == second:
        _ENDINGS[second](charge_id)
    else:
        with pytest.raises(ChargeGone):
            _ENDINGS[second](charge_id)

    assert counters() == before
    assert Charge.objects.get().state == first


def test_settling_is_undone_with_the_transaction_of_the_page(charge, counters):
    reservation = charge(100)

    with transaction.atomic():
        settle(charge_id=reservation.charge_id, records=100)
        transaction.set_rollback(True)

    assert counters() == (0, 1, 0, 100)


# Dead workers ----------------------------------------------------------------------------------


def test_what_a_dead_worker_holds_is_given_back(charge, counters, move_clock):
    dead = [charge(10), charge(10)]
    move_clock(LATER)
    alive = charge(10)

    assert free_dead_charges() == 2
    assert free_dead_charges() == 0

    assert counters() == (0, 1, 0, 10)
    for reservation in dead:
        with pytest.raises(ChargeGone):
            settle(charge_id=reservation.charge_id, records=10)
    settle(charge_id=alive.charge_id, records=10)


def test_a_lease_that_was_extended_keeps_the_charge(charge, counters, move_clock):
    reservation = charge(10)
    extend_lease(charge_id=reservation.charge_id, lease_seconds=600)
    move_clock(LATER)

    tasks.free_dead_charges(sent_by="a later version")

    assert counters() == (0, 1, 0, 10)


def test_a_charge_that_ended_has_no_lease_to_extend(charge):
    reservation = settle_new(charge)

    with pytest.raises(ChargeGone):
        extend_lease(charge_id=reservation.charge_id)


def test_a_late_worker_may_settle_as_long_as_nobody_freed_its_charge(charge, counters, move_clock):
    reservation = charge(10)
    move_clock(LATER)

    settle(charge_id=reservation.charge_id, records=10)

    assert free_dead_charges() == 0
    assert counters() == (1, 0, 10, 0)


# What the database itself refuses --------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE quotas_quotaday SET requests_used = requests_limit",
        "UPDATE quotas_quotaday SET records_used = records_limit",
        "UPDATE quotas_quotaday SET requests_reserved = -1",
        "UPDATE quotas_quotaday SET records_limit = 9",
        "UPDATE quotas_charge SET records = records + 1",
        "UPDATE quotas_charge SET state = 'SETTLED'",
        "UPDATE quotas_charge SET state = 'RELEASED', settled_at = carrel_now()",
        "UPDATE quotas_charge SET state = 'FREE', settled_at = carrel_now()",
        "UPDATE quotas_charge SET settled_at = carrel_now()",
    ],
)
def test_the_database_refuses_counters_and_entries_that_cannot_be(charge, sql):
    charge(10)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_another_fault_of_the_database_is_not_taken_for_a_repeat(charge, lab):
    charge(10)

    with pytest.raises(DatabaseError), transaction.atomic():
        charge(10, key="k" * 101)

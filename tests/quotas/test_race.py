"""Fifty processes race the last units of a lab's day: never over, never twice, never lost."""

from collections import Counter

import pytest

from quotas.actions import free_dead_charges, release, reserve, settle
from quotas.checks import ledger_matches
from quotas.models import Charge, ChargeState, QuotaDay
from quotas.refusals import ChargeGone, QuotaBusy, QuotaExhausted
from quotas.usage import today
from tests.factories.organizations import make_organization
from tests.factories.people import make_user
from tests.quotas.processes import race

pytestmark = pytest.mark.django_db(transaction=True)


def make_lab(**limits):
    return make_organization(make_user("race@uva.nl", name="Race"), **limits)


def attack(membership_id, *, attempts, charge_one):
    """Work of one process: so many attempts, each settled at once; counts the outcomes."""

    def work(number):
        outcomes = Counter()
        for attempt in range(attempts):
            outcomes[charge_one(membership_id, f"{number}/{attempt}", attempt)] += 1
        return outcomes

    return work


def reserve_patiently(membership_id, key, records):
    """As a client does that is told to come again in a few seconds."""
    while True:
        try:
            return reserve(
                membership_id=membership_id, endpoint="video/query", records=records, key=key
            )
        except QuotaBusy:
            continue


def charge_carefully(membership_id, key, attempt):
    try:
        reservation = reserve_patiently(membership_id, key, records=1)
    except QuotaExhausted:
        return "refused"
    settle(charge_id=reservation.charge_id, records=reservation.records)
    return "admitted"


def charge_a_mixed_page(membership_id, key, attempt):
    """Pages of 1 to 100 records, of which some deliver less and some fail."""
    records = 1 + (hash_of(key) % 100)
    try:
        reservation = reserve_patiently(membership_id, key, records)
    except QuotaExhausted:
        return "refused"
    if attempt % 7 == 3:
        release(charge_id=reservation.charge_id)
        return "released"
    delivered = reservation.records // 2 if attempt % 5 == 1 else reservation.records
    settle(charge_id=reservation.charge_id, records=delivered)
    return "admitted"


def hash_of(key):
    return sum(ord(letter) * 31**place for place, letter in enumerate(key))


def charge_naively(membership_id, key, attempt):
    """The control: get, check, save, as a ledger without the conditional UPDATE would do it."""
    lab_day = QuotaDay.objects.get()
    if lab_day.requests_left < 1:
        return "refused"
    Charge.objects.create(
        quota_day=lab_day,
        organization_id=lab_day.organization_id,
        membership_id=membership_id,
        endpoint="video/query",
        key=key,
        records_reserved=1,
        records=1,
        lease_until=lab_day.organization.ends_at,
    )
    lab_day.requests_reserved += 1
    lab_day.records_reserved += 1
    lab_day.save()
    return "admitted"


def test_fifty_processes_are_admitted_exactly_to_the_limit_of_requests():
    lab = make_lab(requests=1_000)
    work = attack(lab.principal.pk, attempts=22, charge_one=charge_carefully)

    outcomes = sum(race(work, process_count=50), Counter())

    assert outcomes == {"admitted": 1_000, "refused": 100}
    assert today(lab).requests_used == 1_000
    assert ledger_matches(lab) == []


def test_fifty_processes_are_admitted_exactly_to_the_limit_of_records():
    lab = make_lab(records=12_000)
    work = attack(lab.principal.pk, attempts=10, charge_one=charge_a_mixed_page)

    outcomes = sum(race(work, process_count=50), Counter())

    assert outcomes["refused"] > 0
    assert outcomes["admitted"] == today(lab).requests_used
    assert today(lab).records_used == 12_000
    assert today(lab).records_reserved == 0
    assert ledger_matches(lab) == []


def test_ten_processes_race_the_last_request():
    lab = make_lab(requests=1)
    work = attack(lab.principal.pk, attempts=1, charge_one=charge_carefully)

    outcomes = sum(race(work, process_count=10), Counter())

    assert outcomes == {"admitted": 1, "refused": 9}


def test_the_same_attack_breaks_a_ledger_that_reads_checks_and_saves():
    lab = make_lab(requests=50)
    settle(
        charge_id=reserve(
            membership_id=lab.principal.pk, endpoint="video/query", records=0, key="first"
        ).charge_id,
        records=0,
    )
    work = attack(lab.principal.pk, attempts=3, charge_one=charge_naively)

    outcomes = sum(race(work, process_count=50), Counter())

    assert outcomes["admitted"] > 49
    assert any("the limit is 50" in problem for problem in ledger_matches(lab))


def test_the_same_key_from_ten_processes_is_one_charge():
    lab = make_lab(requests=5)
    membership_id = lab.principal.pk

    def work(number):
        reservation = reserve(
            membership_id=membership_id, endpoint="video/query", records=10, key="the page"
        )
        return reservation.charge_id, reservation.is_repeat

    answers = race(work, process_count=10)

    assert len({charge_id for charge_id, _ in answers}) == 1
    assert sorted(is_repeat for _, is_repeat in answers) == [False] + [True] * 9
    assert today(lab).requests_reserved == 1
    assert ledger_matches(lab) == []


def test_the_first_charges_of_a_day_open_it_once():
    lab = make_lab(requests=100)
    work = attack(lab.principal.pk, attempts=1, charge_one=charge_carefully)

    outcomes = sum(race(work, process_count=10), Counter())

    assert outcomes == {"admitted": 10}
    assert QuotaDay.objects.get().requests_used == 10


def test_sweeps_and_late_workers_end_each_charge_once():
    """Ten processes settle, release and sweep the same dead charges at the same time."""
    lab = make_lab(requests=100)
    charge_ids = [
        reserve(
            membership_id=lab.principal.pk,
            endpoint="video/query",
            records=10,
            key=str(number),
            lease_seconds=-1,
        ).charge_id
        for number in range(60)
    ]

    def work(number):
        if number % 2:
            return free_dead_charges()
        ended = 0
        for charge_id in charge_ids[:: 1 if number % 4 else -1]:
            ended += _settled_by_me(charge_id)
        return ended

    race(work, process_count=10)

    assert not Charge.objects.filter(state=ChargeState.RESERVED).exists()
    assert ledger_matches(lab) == []
    assert today(lab).requests_reserved == 0


def _settled_by_me(charge_id):
    try:
        settle(charge_id=charge_id, records=10)
    except ChargeGone:
        return 0
    return 1


def test_whoever_waits_for_others_in_vain_is_told_to_come_again():
    lab = make_lab(requests=1)
    membership_id = lab.principal.pk
    reserve(membership_id=membership_id, endpoint="video/query", records=1, key="held")

    def work(number):
        try:
            reserve(membership_id=membership_id, endpoint="video/query", records=1, key=f"{number}")
        except QuotaBusy:
            return "busy"

    assert race(work, process_count=3) == ["busy"] * 3
    assert ledger_matches(lab) == []

"""What pages show of the quota."""

import datetime as dt

from lib.time import next_midnight, now
from quotas import usage
from quotas.actions import release, settle, waste
from quotas.buckets import Bucket
from quotas.checks import ledger_matches
from quotas.models import QuotaDay
from tests.factories.organizations import make_member

DAY = dt.timedelta(days=1)


def test_a_day_without_a_charge_is_whole(lab):
    today = usage.today(lab)

    assert (today.requests_left, today.records_left) == (3, 250)
    assert today.resets_at == next_midnight(now())
    assert not QuotaDay.objects.exists()


def test_the_day_shows_what_is_used_and_what_is_under_way(lab, charge):
    settle(charge_id=charge(100).charge_id, records=60)
    charge(40)

    today = usage.today(lab)

    assert (today.requests_used, today.requests_reserved, today.requests_left) == (1, 1, 1)
    assert (today.records_used, today.records_reserved, today.records_left) == (60, 40, 150)


def test_each_bucket_has_limits_of_its_own(lab, charge):
    charge(100)

    relations = usage.today(lab, Bucket.RELATIONS)

    assert (relations.requests_left, relations.records_left) == (20_000, 2_000_000)


def test_yesterday_is_history_and_today_is_whole_again(lab, charge, move_clock):
    settle(charge_id=charge(100).charge_id, records=60)
    move_clock(DAY)
    settle(charge_id=charge(100).charge_id, records=70)
    move_clock(2 * DAY)

    assert usage.today(lab).requests_used == 0
    assert [day.records_used for day in usage.history(lab)] == [70, 60]
    assert [day.records_used for day in usage.history(lab, days=2)] == [70]


def test_each_member_is_shown_with_what_they_used(lab, charge, carl):
    membership = make_member(lab, carl)
    settle(charge_id=charge(100, membership=membership).charge_id, records=60)
    waste(charge_id=charge(100, membership=membership).charge_id)
    settle(charge_id=charge(10).charge_id, records=10)
    release(charge_id=_freed(charge))

    rows = usage.by_member(lab, now().date())

    assert [(row.membership.user, row.requests, row.records) for row in rows] == [
        (carl, 2, 60),
        (lab.principal.user, 1, 10),
    ]


def _freed(charge):
    QuotaDay.objects.update(requests_limit=4)
    return charge(10).charge_id


def test_a_counter_that_differs_from_the_ledger_is_found(lab, charge):
    settle(charge_id=charge(100).charge_id, records=60)
    QuotaDay.objects.update(records_used=59)

    (problem,) = ledger_matches(lab)

    assert "records_used is 59, the ledger says 60" in problem
    QuotaDay.objects.update(records_used=60)


def test_a_ledger_above_the_limit_is_found(lab, charge):
    charge(100)
    QuotaDay.objects.update(records_limit=90, records_reserved=90)

    problems = ledger_matches(lab)

    assert any("the ledger holds 100 records, the limit is 90" in text for text in problems)
    QuotaDay.objects.update(records_limit=250, records_reserved=100)

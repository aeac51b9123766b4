"""The quota day: UTC, by the database's clock, and never going back."""

import datetime as dt

import pytest
from django.db import connection

from lib.time import next_midnight, now
from quotas.actions import settle
from quotas.models import QuotaDay
from quotas.refusals import QuotaExhausted

SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def set_clock(move_clock):
    """Let the database's clock show this moment, give or take the time that a test runs."""
    started = now()
    return lambda moment: move_clock(moment - started)


@pytest.fixture
def midnight():
    return next_midnight(now() + DAY)


def spend(charge, count=3):
    for _ in range(count):
        settle(charge_id=charge(10).charge_id, records=10)


def used(lab):
    rows = QuotaDay.objects.filter(organization=lab).order_by("day")
    return {row.day: (row.requests_used, row.records_used, row.requests_reserved) for row in rows}


def test_a_request_is_charged_to_the_day_on_which_it_was_admitted(charge, lab, set_clock, midnight):
    set_clock(midnight - 30 * SECOND)
    before = charge(100)
    set_clock(midnight + SECOND)
    after = charge(100)

    settle(charge_id=before.charge_id, records=37)
    settle(charge_id=after.charge_id, records=100)

    yesterday, today = midnight.date() - DAY, midnight.date()
    assert used(lab) == {yesterday: (1, 37, 0), today: (1, 100, 0)}


def test_a_new_day_starts_full(charge, lab, set_clock, midnight):
    set_clock(midnight - 30 * SECOND)
    spend(charge)
    with pytest.raises(QuotaExhausted) as refusal:
        charge(10)
    assert refusal.value.resets_at == midnight

    set_clock(midnight + SECOND)
    spend(charge)

    assert list(used(lab).values()) == [(3, 30, 0), (3, 30, 0)]


def test_a_clock_that_goes_back_does_not_reopen_a_spent_day(charge, lab, set_clock, midnight):
    set_clock(midnight + SECOND)
    spend(charge)

    set_clock(midnight - SECOND * 60)
    with pytest.raises(QuotaExhausted) as refusal:
        charge(10)

    assert refusal.value.resets_at == midnight + DAY
    assert list(used(lab)) == [midnight.date()]


def test_a_clock_that_goes_back_goes_on_with_the_newest_day(charge, lab, set_clock, midnight):
    set_clock(midnight - DAY + SECOND)
    spend(charge, 2)
    set_clock(midnight + SECOND)
    spend(charge, 1)
    set_clock(midnight - DAY + 2 * SECOND)
    spend(charge, 2)

    assert list(used(lab).values()) == [(2, 20, 0), (3, 30, 0)]


def test_the_day_is_that_of_utc_whatever_zone_the_session_is_in(charge, lab, midnight, set_clock):
    set_clock(midnight - 30 * SECOND)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Pacific/Auckland'")

    charge(10)

    assert list(used(lab)) == [midnight.date() - DAY]


def test_limits_that_the_programme_changes_hold_from_the_next_day(charge, lab, set_clock, midnight):
    set_clock(midnight - 30 * SECOND)
    charge(10)
    programme = lab.programme
    programme.research_requests_limit = 1
    programme.save()
    charge(10)

    set_clock(midnight + SECOND)
    spend(charge, 1)

    with pytest.raises(QuotaExhausted):
        charge(10)

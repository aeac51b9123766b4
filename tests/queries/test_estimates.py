"""What a query would cost: exact, and laid over the days that the quota needs."""

import datetime as dt

import pytest

from lib.time import today
from queries.definitions import parsed
from queries.estimates import estimate
from quotas.actions import reserve, settle
from tests.factories.organizations import make_organization
from tests.factories.queries import BREAD_COUNT, make_query


def cost(lab, by, **definition):
    return estimate(lab, parsed(make_query(lab, by, submit=False, **definition)))


def test_records_and_requests_are_exact(lab, paula):
    found = cost(lab, paula)

    assert (found.records, found.requests, found.days) == (BREAD_COUNT, 24, 1)
    assert found.ends_on == today()


def test_a_query_that_finds_nothing_takes_one_request(lab, paula):
    found = cost(lab, paula, keyword="nowhere to be found")

    assert (found.records, found.requests, found.days) == (0, 1, 1)


@pytest.mark.parametrize(
    ("limits", "days"),
    [
        ({"requests": 24}, 1),
        ({"requests": 23}, 2),
        ({"requests": 12}, 2),
        ({"requests": 8}, 3),
        ({"records": 2_350}, 1),
        ({"records": 2_349}, 2),
        ({"records": 1_000}, 3),
        ({"requests": 8, "records": 100}, 24),
    ],
)
def test_the_tighter_budget_makes_the_days(paula, limits, days):
    lab = make_organization(paula, name="Small lab", **limits)

    found = cost(lab, paula)

    assert found.days == days
    assert found.ends_on == today() + dt.timedelta(days=days - 1)


def test_what_is_used_today_counts(paula):
    lab = make_organization(paula, name="Small lab", requests=24)
    spent = reserve(membership_id=lab.principal.pk, endpoint="video/query", records=0, key="spent")
    settle(charge_id=spent.charge_id, records=0)

    assert cost(lab, paula).days == 2

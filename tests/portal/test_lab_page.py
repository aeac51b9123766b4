"""The first page of a lab shows the day's quota, who spent it, and what runs."""

import datetime as dt

import pytest
from django.urls import reverse

from audit.status import change_status
from organizations.states import OrganizationStatus
from quotas import actions as ledger
from tests.factories.organizations import make_member, make_organization
from tests.factories.queries import make_run


@pytest.fixture
def lab(paula):
    return make_organization(paula, requests=10, records=1_000)


@pytest.fixture
def page(client, paula, lab):
    client.force_login(paula)
    return lambda: client.get(reverse("lab", args=[lab.pk])).text


def spend(membership, records, key):
    charge = ledger.reserve(
        membership_id=membership.pk, endpoint="video/query", records=records, key=key
    )
    ledger.settle(charge_id=charge.charge_id, records=records)


def test_a_new_lab_has_its_whole_quota_and_nothing_has_run(page):
    text = page()

    assert "0 of 10 used" in text
    assert "1,000 left." in text
    assert "Nothing has run yet" in text
    assert "No quota was used in this time." in text


def test_the_page_counts_what_members_spent_today(page, lab, carl):
    spend(make_member(lab, carl), 37, "one")
    spend(lab.principal, 100, "two")

    text = page()

    assert "2 of 10 used" in text
    assert "137 of 1,000 used" in text
    assert "Who used it today" in text
    assert text.count('class="quota-day" x=') == 30


def test_a_spent_day_moves_into_the_history(page, lab, move_clock):
    spend(lab.principal, 37, "one")
    move_clock(dt.timedelta(days=1))

    text = page()

    assert "0 of 10 used" in text
    assert "Who used it today" not in text
    assert '<td class="text-end">37</td>' in text


def test_recent_runs_are_listed_with_where_they_stand(page, lab, paula):
    make_run(lab, paula, name="Bread in January")

    text = page()

    assert "Bread in January" in text
    assert "Waits for a worker" in text


def test_only_the_principal_is_offered_the_rule(client, page, lab, carl):
    assert "Change who lets a query run" in page()
    make_member(lab, carl)
    client.force_login(carl)

    assert "Change who lets a query run" not in client.get(reverse("lab", args=[lab.pk])).text


def test_a_lab_that_rests_says_so(page, lab, oscar):
    change_status(lab, OrganizationStatus.SUSPENDED, by=oscar)

    assert "The access of this lab is suspended." in page()

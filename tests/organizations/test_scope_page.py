"""What members read of their lab's approval, and how an operator changes it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from lib.time import today
from organizations.forms import ScopeForm, initial_of
from outbox.models import Message
from programmes.models import Programme
from programmes.scope import parse_scope
from tests.factories.organizations import make_member, make_organization

SMALL = {
    "tables": ["videos"],
    "fields": {"videos": ["create_time", "id"]},
    "regions": ["BE", "NL"],
    "first_day": "2024-01-01",
    "collaborators_limit": 2,
    "research_requests_limit": 500,
}


@pytest.fixture
def lab(paula):
    return make_organization(paula, scope=SMALL, conditions="Send us the <paper>.")


def page(person, name, lab):
    browser = Client()
    browser.force_login(person)
    return browser.get(reverse(name, args=[lab.pk])).text


def test_every_member_reads_what_the_lab_is_approved_for(lab, paula, carl):
    make_member(lab, carl)

    for person in (paula, carl):
        text = page(person, "lab", lab)

        assert "What this lab is approved for" in text
        assert "id, create_time" in text
        assert "BE, NL" in text
        assert "from 1 Jan 2024 on" in text
        assert "Conditions of the approval" in text
        assert "Send us the &lt;paper&gt;." in text
        assert "days left)" in text
        assert "Change what it is approved for" not in text


def test_a_lab_without_limits_is_told_so_in_one_sentence(paula):
    text = page(paula, "lab", make_organization(paula))

    assert "Everything that the programme gives access to." in text
    assert "Conditions of the approval" not in text


def test_the_seats_on_the_pages_are_those_that_were_approved(lab, paula):
    assert "2 of 2 seats for collaborators are free" in page(paula, "organizations:members", lab)


def test_the_operator_finds_the_form_on_the_page_of_the_lab(lab, oscar):
    assert reverse("organizations:scope", args=[lab.pk]) in page(oscar, "lab", lab)

    text = page(oscar, "organizations:scope", lab)

    assert 'value="BE, NL"' in text
    assert 'value="500"' in text
    assert 'value="videos.id" selected' in text


def filled(**changes):
    return {
        "tables": ["videos", "users"],
        "table_fields": ["videos.id", "videos.create_time", "users.bio_url"],
        "regions": "nl, fr",
        "last_day": "2024-12-31",
        "research_records_limit": "7000",
        "reason": "The project moved.",
        **changes,
    }


def test_the_operator_changes_the_scope_and_gives_a_reason(lab, oscar, client):
    client.force_login(oscar)

    answer = client.post(reverse("organizations:scope", args=[lab.pk]), filled(), follow=True)

    lab.refresh_from_db()
    assert "The scope is saved and the principal researcher told." in answer.text
    assert lab.approved_scope.to_json() == {
        "tables": ["users", "videos"],
        "fields": {"users": ["bio_url"], "videos": ["create_time", "id"]},
        "regions": ["FR", "NL"],
        "last_day": "2024-12-31",
        "research_records_limit": 7_000,
    }
    assert "The project moved." in Message.objects.get(kind="organization.scope_changed").body


def test_an_empty_form_approves_what_the_programme_gives(lab, oscar, client):
    client.force_login(oscar)

    client.post(reverse("organizations:scope", args=[lab.pk]), {"reason": "All of it."})

    lab.refresh_from_db()
    assert not lab.approved_scope


def test_the_operator_can_shorten_the_access(lab, oscar, client):
    last = today() + dt.timedelta(days=3)
    client.force_login(oscar)

    client.post(reverse("organizations:scope", args=[lab.pk]), filled(ends_on=last.isoformat()))

    lab.refresh_from_db()
    assert lab.last_day == last


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"reason": ""}, "reason", "required"),
        ({"regions": "NL, Belgium"}, "regions", "There is no “BELGIUM”"),
        ({"tables": ["users"]}, "table_fields", "not among the kinds of data"),
        ({"first_day": "2025-06-01"}, "last_day", "Must not lie before the first day"),
        ({"collaborators_limit": "10"}, "collaborators_limit", "less than or equal to 9"),
        ({"research_requests_limit": "-1"}, "research_requests_limit", "greater than or equal"),
        ({"research_records_limit": "100001"}, "research_records_limit", "at most 100000"),
        ({"ends_on": "2001-01-01"}, "ends_on", "Must not lie before"),
    ],
)
def test_each_refusal_stands_beside_what_it_speaks_of(lab, oscar, client, changes, field, words):
    client.force_login(oscar)

    answer = client.post(reverse("organizations:scope", args=[lab.pk]), filled(**changes))

    assert answer.status_code == 200
    assert words in answer.context["form"].errors[field][0]
    lab.refresh_from_db()
    assert lab.approved_scope == parse_scope(SMALL)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", [{}, SMALL, {"ends_on": "2027-01-31", "last_day": "2024-05-05"}]
)
def test_what_the_form_shows_of_a_scope_gives_the_same_scope_when_sent_back(content):
    scope = parse_scope(content)

    form = ScopeForm(initial_of(scope), programme=Programme.objects.default())

    assert form.is_valid(), form.errors
    assert form.scope == scope

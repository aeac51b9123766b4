"""What a lab was approved for: kept with it, told to it, changed by an operator alone."""

import datetime as dt

import pytest
from django.db import IntegrityError

from audit.models import Entry
from lib.errors import NotAllowed, Refused
from lib.time import UTC, today
from organizations import actions
from organizations.actions import ProposedCollaborator, SeatsFull, authenticate_token, issue_token
from organizations.models import Organization
from outbox.models import Message
from programmes.scope import Scope, ScopeInvalid, parse_scope
from tests.factories.organizations import (
    change_scope,
    make_client,
    make_member,
    make_organization,
    make_proposed,
)
from tests.factories.people import make_user

SMALL = {
    "tables": ["videos"],
    "fields": {"videos": ["create_time", "id"]},
    "regions": ["NL"],
    "first_day": "2024-01-01",
    "collaborators_limit": 2,
    "research_requests_limit": 500,
}


def listed(*names):
    return [ProposedCollaborator(f"{name}@uva.nl", name.title(), "Sociology") for name in names]


def test_a_lab_without_a_scope_is_approved_for_what_its_programme_gives(paula):
    lab = make_organization(paula, collaborators_limit=4)

    assert lab.approved_scope == Scope()
    assert lab.seats == 4
    assert lab.conditions == ""
    body = Message.objects.get(kind="organization.opened").body
    assert "approved for this" not in body
    assert "conditions" not in body


def test_a_lab_keeps_the_scope_and_the_conditions_of_its_approval(paula):
    lab = make_organization(paula, scope=SMALL, conditions=" Send us the paper. ")

    kept = Organization.objects.get(pk=lab.pk)
    assert kept.approved_scope == parse_scope(SMALL)
    assert kept.approved_data.collaborators_limit is None
    assert kept.seats == 2
    assert kept.conditions == "Send us the paper."
    entry = Entry.objects.get(event="organization.created")
    assert entry.details == {"scope": SMALL}


def test_the_principal_is_told_the_scope_and_the_conditions(paula):
    make_organization(paula, scope=SMALL, conditions="Send us the paper.")

    body = Message.objects.get(kind="organization.opened").body
    assert "- Regions: NL\n" in body
    assert "- Requests a day: 500\n" in body
    assert "for every member:\n\nSend us the paper.\n" in body


def test_the_last_day_of_the_scope_shortens_the_access(paula):
    last = today() + dt.timedelta(days=30)

    lab = make_organization(paula, scope={"ends_on": last.isoformat()})

    assert lab.last_day == last
    assert lab.ends_at == dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), UTC)


def test_the_last_day_of_the_scope_lengthens_no_access(paula):
    late = today() + dt.timedelta(days=3_000)

    assert make_organization(paula, scope={"ends_on": late.isoformat()}).last_day < late


def test_access_cannot_end_before_it_begins(paula):
    gone = today() - dt.timedelta(days=1)

    with pytest.raises(ScopeInvalid, match="ends_on: must not lie before"):
        make_organization(paula, scope={"ends_on": gone.isoformat()})


def test_a_scope_wider_than_the_programme_makes_no_lab(paula):
    with pytest.raises(ScopeInvalid, match="collaborators_limit: the programme allows at most 4"):
        make_organization(paula, collaborators_limit=4, scope={"collaborators_limit": 5})

    assert not Organization.objects.exists()


def test_the_list_of_collaborators_must_fit_the_approved_seats(paula):
    with pytest.raises(SeatsFull, match="All 2 seats"):
        make_organization(paula, scope=SMALL, collaborators=listed("ada", "ben", "cleo"))


def test_the_approved_seats_are_the_limit_though_the_programme_has_more(paula):
    lab = make_organization(paula, scope={"collaborators_limit": 1})
    make_proposed(lab, make_user("ada@uva.nl"))

    with pytest.raises(SeatsFull, match="The one seat for a collaborator is taken"):
        make_proposed(lab, make_user("ben@uva.nl"))


def test_a_lab_for_its_principal_alone_says_so(paula, carl):
    lab = make_organization(paula, scope={"collaborators_limit": 0})

    with pytest.raises(SeatsFull, match="approved for its principal researcher alone"):
        make_proposed(lab, carl)


def test_the_database_gives_no_lab_a_tenth_seat(paula):
    lab = make_organization(paula)

    with pytest.raises(IntegrityError, match="organization_has_at_most_nine_collaborators"):
        Organization.objects.filter(pk=lab.pk).update(collaborators_limit=10)


def test_people_in_high_seats_count_after_the_limit_was_lowered(paula):
    lab = make_organization(paula)
    ada, ben, cleo = (
        make_member(lab, make_user(f"{one}@uva.nl")) for one in ("ada", "ben", "cleo")
    )
    change_scope(lab, {"collaborators_limit": 2})

    assert lab.memberships.active().count() == 4
    actions.remove_membership(ada, by=paula)
    with pytest.raises(SeatsFull, match="All 2 seats"):
        make_proposed(lab, make_user("dana@uva.nl"))

    actions.remove_membership(ben, by=paula)
    assert make_proposed(lab, make_user("dora@uva.nl")).seat == 1
    assert cleo.seat == 3


def test_a_client_knows_the_scope_of_its_lab_with_its_token(paula, django_assert_num_queries):
    lab = make_organization(paula, scope=SMALL)
    client, secret = make_client(lab.principal)
    token = issue_token(client.client_key, secret)[1]

    with django_assert_num_queries(1):
        known = authenticate_token(token).approved_data

    assert known == client.approved_data == lab.approved_data
    change_scope(lab, {})
    assert authenticate_token(token).approved_data == Scope()


def test_an_operator_changes_the_scope_and_the_principal_is_told_why(paula, oscar):
    lab = make_organization(paula, scope=SMALL, conditions="Send us the paper.")

    actions.change_scope(lab, parse_scope({"regions": ["BE"]}), by=oscar, reason=" You moved. ")

    lab.refresh_from_db()
    assert lab.approved_scope == parse_scope({"regions": ["BE"]})
    assert lab.conditions == "Send us the paper."
    entry = Entry.objects.get(event="organization.scope_changed")
    assert (entry.details["from"], entry.details["to"]) == (SMALL, {"regions": ["BE"]})
    letter = Message.objects.get(kind="organization.scope_changed")
    assert letter.to == paula.email
    assert "- Regions: BE\n" in letter.body
    assert "You moved.\n" in letter.body


def test_nobody_else_changes_a_scope(paula, rita):
    lab = make_organization(paula)

    for person in (paula, rita):
        with pytest.raises(NotAllowed, match="Only an operator"):
            actions.change_scope(lab, Scope(), by=person, reason="Because.")


def test_a_scope_is_not_changed_without_a_reason(paula, oscar):
    lab = make_organization(paula)

    with pytest.raises(Refused, match="Say why"):
        actions.change_scope(lab, parse_scope({"regions": ["BE"]}), by=oscar, reason=" ")

    lab.refresh_from_db()
    assert lab.approved_scope == Scope()

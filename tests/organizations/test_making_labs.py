"""A lab is let in: who sits where, who is told what."""

import pytest

from audit.models import Entry
from lib.errors import Refused
from organizations import actions
from organizations.actions import ProposedCollaborator
from organizations.states import MembershipStatus
from outbox.models import Message
from reviews.models import Decision, Outcome
from tests.factories.organizations import (
    make_client,
    make_invited,
    make_member,
    make_organization,
)
from tests.factories.people import make_user


def listed(email, name="Somebody"):
    return ProposedCollaborator(email, name, "Sociology")


def test_the_principal_has_the_first_seat_and_nobody_else_is_in(paula):
    organization = make_organization(paula)

    seats = organization.memberships.values_list("seat", "user", "status", "is_cleared")

    assert list(seats) == [(0, paula.pk, MembershipStatus.ACTIVE, True)]
    assert organization.institution.owns_domain("uva.nl")
    assert organization.is_led_by(paula)


def test_listed_people_with_an_account_are_cleared_by_name_and_invited_at_once(paula, carl):
    organization = make_organization(paula, collaborators=[listed("Carl@UvA.nl", "Carl Claes")])

    membership = organization.memberships.get(seat=1)
    assert (membership.user, membership.status) == (carl, MembershipStatus.INVITED)
    assert membership.is_cleared
    assert Decision.objects.about(membership).get().outcome == Outcome.APPROVED
    assert Message.objects.get(to="carl@uva.nl").kind == "membership.invited"
    events = Entry.objects.filter(subject_id=str(membership.pk)).order_by("id")
    assert [entry.event for entry in events] == ["membership.proposed", "membership.cleared"]


def test_listed_people_without_an_account_wait_and_are_told_to_make_one(paula):
    organization = make_organization(paula, collaborators=[listed("dana@uva.nl", "Dana Dijk")])

    membership = organization.memberships.get(seat=1)
    message = Message.objects.get(to="dana@uva.nl")
    assert membership.status == MembershipStatus.WAITING_FOR_ACCOUNT
    assert not membership.is_cleared
    assert membership.invitations.count() == 0
    assert message.kind == "membership.account_needed"
    assert "not an invitation" in message.body


def test_an_account_whose_address_is_not_verified_counts_as_none(paula):
    make_user("dana@uva.nl", is_verified=False)

    organization = make_organization(paula, collaborators=[listed("dana@uva.nl")])

    assert organization.memberships.get(seat=1).status == MembershipStatus.WAITING_FOR_ACCOUNT


@pytest.mark.parametrize(
    "collaborators",
    [
        pytest.param([listed("paula@uva.nl")], id="the principal"),
        pytest.param([listed("carl@uva.nl"), listed("CARL@uva.nl ")], id="twice"),
        pytest.param([listed("no address")], id="no address"),
        pytest.param([listed("x@uva.nl", "n" * 101)], id="a name too long"),
        pytest.param([listed(f"p{n}@uva.nl") for n in range(10)], id="ten"),
    ],
)
def test_a_list_that_cannot_be_seated_makes_no_lab_at_all(paula, carl, collaborators):
    with pytest.raises(Refused):
        make_organization(paula, collaborators=collaborators)

    assert not paula.memberships.exists()
    assert not Message.objects.exists()


def test_the_factories_walk_the_real_actions_to_each_state(paula, carl, olga):
    organization = make_organization(paula, requests=5, records=300)

    member = make_member(organization, carl)
    invited = make_invited(organization, olga)
    client, secret = make_client(member)

    assert member.status == MembershipStatus.ACTIVE
    assert invited.status == MembershipStatus.INVITED
    assert organization.programme.research_requests_limit == 5
    assert organization.programme.research_records_limit == 300
    _token, text = actions.issue_token(client.client_key, secret)
    assert actions.authenticate_token(text) == client

"""Nobody is reviewed or invited before they have an account."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from audit.models import Entry
from organizations import actions, tasks
from organizations.states import MembershipStatus
from tests.factories.organizations import make_member, make_organization
from tests.factories.people import make_user


@pytest.fixture
def waiting(paula):
    return actions.propose_collaborator(
        make_organization(paula), email="dana@uva.nl", name="Dana", expertise="", by=paula
    )


def status_of(membership):
    membership.refresh_from_db()
    return membership.status


def test_confirming_the_address_brings_the_person_before_the_reviewers(client, waiting):
    dana = make_user("dana@uva.nl", is_verified=False)
    address = EmailAddress.objects.get(user=dana)
    assert status_of(waiting) == MembershipStatus.WAITING_FOR_ACCOUNT

    key = EmailConfirmationHMAC(address).key
    client.post(reverse("account_confirm_email", args=[key]))

    assert status_of(waiting) == MembershipStatus.UNDER_REVIEW
    assert waiting.user == dana
    assert Entry.objects.get(event="membership.matched").actor_id is None


def test_the_sweep_finds_an_account_that_nobody_announced(waiting):
    dana = make_user("dana@uva.nl")

    tasks.match_accounts(later_argument="ignored")

    assert status_of(waiting) == MembershipStatus.UNDER_REVIEW
    assert waiting.user == dana


def test_the_sweep_leaves_unverified_and_other_addresses_alone(waiting):
    make_user("dana@uva.nl", is_verified=False)
    make_user("dina@uva.nl")

    assert actions.match_accounts() == 0
    assert status_of(waiting) == MembershipStatus.WAITING_FOR_ACCOUNT


def test_a_second_address_of_somebody_seated_gives_no_second_seat(waiting, carl):
    make_member(waiting.organization, carl)
    EmailAddress.objects.create(user=carl, email="dana@uva.nl", verified=True)

    assert actions.match_accounts() == 0
    assert status_of(waiting) == MembershipStatus.WAITING_FOR_ACCOUNT


def test_one_person_waits_in_several_labs_and_is_matched_in_all(waiting, olga):
    second = actions.propose_collaborator(
        make_organization(olga), email="dana@uva.nl", name="Dana", expertise="", by=olga
    )

    dana = make_user("dana@uva.nl")

    assert actions.match_account(dana) == 2
    assert status_of(second) == MembershipStatus.UNDER_REVIEW

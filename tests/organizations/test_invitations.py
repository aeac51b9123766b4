"""Invitations: once, in time, and by the invited person alone."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress

from audit.status import change_status
from lib.errors import NotAllowed, Refused
from organizations import actions
from organizations.states import MembershipStatus, OrganizationStatus
from outbox.models import Message
from tests.factories.organizations import make_invited, make_organization

TWO_HOURS = dt.timedelta(hours=2)


@pytest.fixture
def lab(paula):
    return make_organization(paula)


@pytest.fixture
def invited(lab, carl):
    return make_invited(lab, carl)


def secret_of(number=-1):
    """The secret in the newest letter, or in another."""
    letters = Message.objects.filter(kind="membership.invited").order_by("created_at")
    return re.search(r"/invitation/link/([^/]+)/", list(letters)[number].body).group(1)


def test_the_link_lets_the_invited_person_in(lab, invited, carl):
    membership = actions.accept_invitation(secret_of(), by=carl)

    assert (membership, membership.status) == (invited, MembershipStatus.ACTIVE)
    assert membership.joined_at is not None
    assert lab.has_member(carl)
    assert Message.objects.filter(kind="membership.answered", to="paula@uva.nl").exists()


def test_the_link_is_kept_as_a_hash_only(invited):
    assert secret_of() not in str(list(invited.invitations.values()))


def test_the_link_works_once(invited, carl, paula):
    secret = secret_of()
    actions.accept_invitation(secret, by=carl)
    actions.remove_membership(invited, by=paula)

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret, by=carl)


def test_the_link_ends_with_its_days(lab, invited, carl, move_clock):
    secret = secret_of()
    move_clock(dt.timedelta(days=lab.programme.invitation_days, seconds=1))

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret, by=carl)
    with pytest.raises(Refused, match="has expired"):
        actions.accept_invitation(invited, by=carl)


def test_the_link_is_of_no_use_to_whom_it_was_forwarded(lab, invited, olga):
    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret_of(), by=olga)
    with pytest.raises(NotAllowed):
        actions.accept_invitation(invited, by=olga)

    assert not lab.has_member(olga)


def test_the_link_is_bound_to_an_address_that_the_person_still_proves(invited, carl):
    EmailAddress.objects.filter(user=carl).update(verified=False)

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret_of(), by=carl)
    with pytest.raises(Refused):
        actions.accept_invitation(invited, by=carl)


@pytest.mark.parametrize("secret", ["", "x", "\0", "é🙂", "\ud800", "x" * 10_000])
def test_a_link_that_nobody_wrote_gets_the_same_sentence(invited, carl, olga, secret):
    with pytest.raises(actions.InvitationClosed) as forwarded:
        actions.find_invited_membership(secret_of(), by=olga)
    with pytest.raises(actions.InvitationClosed) as wrong:
        actions.find_invited_membership(secret, by=carl)

    assert wrong.value.sentence == forwarded.value.sentence


def test_a_new_letter_closes_the_older_link(lab, invited, paula, carl, move_clock):
    move_clock(TWO_HOURS)
    actions.resend_invitation(invited, by=paula)

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret_of(0), by=carl)
    actions.accept_invitation(secret_of(1), by=carl)

    assert lab.has_member(carl)


def test_letters_go_out_at_most_once_an_hour(invited, paula, move_clock):
    with pytest.raises(actions.ResentTooSoon):
        actions.resend_invitation(invited, by=paula)
    move_clock(TWO_HOURS)
    actions.resend_invitation(invited, by=paula)

    with pytest.raises(actions.ResentTooSoon):
        actions.resend_invitation(invited, by=paula)


def test_an_expired_invitation_is_mended_by_a_new_letter(lab, invited, paula, carl, move_clock):
    move_clock(dt.timedelta(days=lab.programme.invitation_days + 1))

    actions.resend_invitation(invited, by=paula)

    assert actions.accept_invitation(invited, by=carl).status == MembershipStatus.ACTIVE


def test_declining_frees_the_seat_and_tells_the_principal(lab, invited, carl):
    actions.decline_invitation(invited, by=carl)

    invited.refresh_from_db()
    assert (invited.status, invited.seat) == (MembershipStatus.DECLINED, None)
    assert "declined" in Message.objects.get(kind="membership.answered").subject
    with pytest.raises(Refused):
        actions.accept_invitation(invited, by=carl)


def test_a_removed_persons_link_is_dead(invited, paula, carl):
    actions.remove_membership(invited, by=paula)

    with pytest.raises(actions.InvitationClosed):
        actions.accept_invitation(secret_of(), by=carl)
    with pytest.raises(Refused):
        actions.resend_invitation(invited, by=paula)


@pytest.mark.parametrize("status", [OrganizationStatus.SUSPENDED, OrganizationStatus.CLOSED])
def test_nobody_joins_a_lab_that_rests(lab, invited, carl, oscar, status):
    change_status(lab, status, by=oscar)

    with pytest.raises(Refused, match=r"suspended|closed"):
        actions.accept_invitation(invited, by=carl)

"""Ten seats, whatever races: the database holds them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from audit.models import Entry
from lib.errors import Refused
from organizations import actions
from organizations.actions import proposals
from organizations.models import Membership
from organizations.states import MembershipStatus
from outbox.models import Message
from tests.factories.organizations import (
    make_invited,
    make_member,
    make_organization,
    make_proposed,
)
from tests.factories.people import make_user

RACERS = 12
GUARD = "membership_one_a_seat"


def at_once(deeds):
    """Run each deed in a thread with a connection of its own; answers what each came to."""

    def run(deed):
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture
def all_look_before_any_leaps(monkeypatch):
    """Every racer has looked for a free seat before the first one takes it."""
    barrier = threading.Barrier(RACERS, timeout=30)
    looked = threading.local()
    look = proposals._lowest_free_seat

    def look_and_wait(organization, limit):
        seat = look(organization, limit)
        if not getattr(looked, "once", False):
            looked.once = True
            barrier.wait()
        return seat

    monkeypatch.setattr(proposals, "_lowest_free_seat", look_and_wait)


def race_for_seats(lab):
    people = [make_user(f"racer{number}@uva.nl") for number in range(RACERS)]
    return at_once([lambda person=person: make_proposed(lab, person) for person in people])


@pytest.mark.django_db(transaction=True)
def test_twelve_proposals_at_once_take_nine_seats(all_look_before_any_leaps):
    lab = make_organization(make_user("paula@uva.nl"))

    outcomes = race_for_seats(lab)

    seated = [one for one in outcomes if isinstance(one, Membership)]
    refused = [one for one in outcomes if isinstance(one, actions.SeatsFull)]
    assert (len(seated), len(refused)) == (9, 3)
    assert sorted(lab.memberships.values_list("seat", flat=True)) == list(range(10))
    assert Entry.objects.filter(event="membership.proposed").count() == 9


@pytest.mark.django_db(transaction=True)
def test_twelve_proposals_at_once_take_the_seats_that_the_lab_was_approved_for(
    all_look_before_any_leaps,
):
    lab = make_organization(make_user("paula@uva.nl"), scope={"collaborators_limit": 4})

    outcomes = race_for_seats(lab)

    assert sum(isinstance(one, Membership) for one in outcomes) == 4
    assert sum(isinstance(one, actions.SeatsFull) for one in outcomes) == 8
    assert sorted(lab.memberships.values_list("seat", flat=True)) == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_the_same_race_overfills_the_lab(all_look_before_any_leaps):
    """The control: the same code less one guard fails, so the race above can see the fault."""
    lab = make_organization(make_user("paula@uva.nl"))
    table = Membership._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {GUARD}")
    try:
        outcomes = race_for_seats(lab)
        assert sum(isinstance(one, Membership) for one in outcomes) > 9
    finally:
        Membership.objects.filter(seat__gt=0).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {GUARD} UNIQUE (organization_id, seat)"
            )


@pytest.mark.django_db(transaction=True)
def test_one_person_proposed_twice_at_once_gets_one_seat():
    lab = make_organization(make_user("paula@uva.nl"))
    person = make_user("carl@uva.nl")

    outcomes = at_once([lambda: make_proposed(lab, person)] * 4)

    assert sum(isinstance(one, Membership) for one in outcomes) == 1
    assert sum(isinstance(one, actions.AlreadySeated) for one in outcomes) == 3
    assert lab.memberships.filter(email="carl@uva.nl").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_in_two_tabs_at_once_is_used_once():
    lab = make_organization(make_user("paula@uva.nl"))
    carl = make_user("carl@uva.nl")
    membership = make_invited(lab, carl)

    outcomes = at_once([lambda: actions.accept_invitation(membership, by=carl)] * 4)

    assert sum(isinstance(one, Membership) for one in outcomes) == 1
    assert Entry.objects.filter(event="membership.accepted").count() == 1
    assert membership.invitations.exclude(used_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_found_twice_at_once_is_matched_once():
    lab = make_organization(make_user("paula@uva.nl"))
    principal = lab.principal.user
    membership = actions.propose_collaborator(
        lab, email="dana@uva.nl", name="Dana", expertise="", by=principal
    )
    dana = make_user("dana@uva.nl")

    outcomes = at_once([lambda: actions.match_account(dana)] * 6)

    assert sorted(outcomes) == [0, 0, 0, 0, 0, 1]
    membership.refresh_from_db()
    assert membership.status == MembershipStatus.UNDER_REVIEW


def test_a_lab_whose_seats_are_full_says_so_and_a_freed_seat_is_taken_again(paula, carl):
    lab = make_organization(paula, collaborators_limit=2)
    first = make_member(lab, make_user("one@uva.nl"))
    make_member(lab, make_user("two@uva.nl"))

    with pytest.raises(actions.SeatsFull, match="All 2 seats"):
        make_proposed(lab, carl)
    actions.remove_membership(first, by=paula)

    assert make_proposed(lab, carl).seat == 1


def test_whoever_has_a_seat_is_not_proposed_again(paula, carl):
    lab = make_organization(paula)
    make_proposed(lab, carl)

    with pytest.raises(actions.AlreadySeated, match="has a seat in the lab already"):
        make_proposed(lab, carl)


def test_whoever_left_may_be_proposed_again_and_is_reviewed_again(paula, carl):
    lab = make_organization(paula)
    actions.remove_membership(make_member(lab, carl), by=carl)

    again = make_proposed(lab, carl)

    assert (again.status, again.is_cleared) == (MembershipStatus.UNDER_REVIEW, False)
    assert lab.memberships.filter(user=carl).count() == 2


def test_one_person_may_hold_seats_in_two_labs(paula, carl, olga):
    for principal in (paula, olga):
        make_member(make_organization(principal), carl)

    assert carl.memberships.active().count() == 2


def test_proposing_and_removing_again_and_again_floods_nobody(paula, carl):
    lab = make_organization(paula)
    for _time in range(3):
        actions.remove_membership(make_proposed(lab, carl), by=paula)
    to_carl = Message.objects.filter(kind="membership.removed", to="carl@uva.nl")
    assert to_carl.count() == 1

    actions.remove_membership(make_member(lab, carl), by=paula)
    assert to_carl.count() == 2


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "not an e-mail address"),
        ("carl", "not an e-mail address"),
        ("carl@uva.nl\nBcc: all@uva.nl", "not an e-mail address"),
        ("a\0b@uva.nl", "not an e-mail address"),
        ("PAULA@uva.nl", "own address"),
    ],
)
def test_addresses_that_cannot_be_proposed_get_their_sentence(paula, email, sentence):
    lab = make_organization(paula)

    with pytest.raises(Refused, match=sentence):
        actions.propose_collaborator(lab, email=email, name="Some", expertise="", by=paula)

    assert lab.memberships.count() == 1


def test_proposing_a_stranger_again_and_again_writes_to_them_once_a_day(paula):
    lab = make_organization(paula)

    for _again in range(3):
        membership = actions.propose_collaborator(
            lab, email="dana@uva.nl", name="Dana", expertise="", by=paula
        )
        actions.remove_membership(membership, by=paula)

    letters = Message.objects.filter(to="dana@uva.nl", kind="membership.account_needed")
    assert letters.count() == 1


def test_nobody_is_proposed_in_a_lab_whose_access_has_ended(paula, carl, move_clock):
    lab = make_organization(paula)
    move_clock(lab.ends_at - lab.starts_at)

    with pytest.raises(Refused, match="Access ended on"):
        make_proposed(lab, carl)

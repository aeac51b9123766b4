"""A refusal can be appealed once, in time, and others decide."""

import datetime as dt

import pytest

from applications import actions
from applications.states import ApplicationStatus as S
from lib.errors import NotAllowed, Refused
from outbox.models import Message
from reviews.models import Appeal, Outcome
from reviews.states import AppealStatus
from tests.factories.review import ReviewWorld

pytestmark = pytest.mark.django_db


def test_an_appeal_has_its_own_reviewers_clock_and_letter():
    world = ReviewWorld(S.DECLINED)
    first_due = world.application.due_at

    appeal = actions.appeal_application(
        world.application, text="We sell nothing.", by=world.people["applicant"]
    )

    world.application.refresh_from_db()
    assert world.application.owner == world.asked[2]
    assert appeal.due_at == world.application.due_at >= first_due
    letter = Message.objects.get(kind="application.appealed").body
    assert f"{appeal.due_at:%-d %B %Y}" in letter


def test_overturning_makes_the_lab():
    world = ReviewWorld(S.APPEALED)

    actions.overturn_refusal(world.application, by=world.asked[2], comment="Our mistake.")

    world.application.refresh_from_db()
    assert world.application.status == S.APPROVED
    assert world.application.organization.principal.user == world.people["applicant"]
    assert Appeal.objects.get().status == AppealStatus.OVERTURNED
    assert "the refusal is overturned" in Message.objects.get(kind="application.approved").body


def test_upholding_is_the_last_word():
    world = ReviewWorld(S.APPEALED, verdict=Outcome.DECLINED)
    actions.uphold_refusal(
        world.application, by=world.asked[3], reason="COMMERCIAL_USE", comment="It does sell."
    )

    assert Appeal.objects.get().status == AppealStatus.UPHELD
    letter = Message.objects.filter(kind="application.declined").latest("id")
    assert "and it stands" in letter.body
    assert "you can appeal" not in letter.body
    with pytest.raises(Refused, match="appealed already"):
        actions.appeal_application(world.application, text="Again.", by=world.people["applicant"])


def test_the_reviews_of_the_appeal_prevail():
    world = ReviewWorld(S.APPEALED)

    with pytest.raises(Refused, match="2 recommend to approve"):
        actions.uphold_refusal(
            world.application, by=world.asked[2], reason="COMMERCIAL_USE", comment="No."
        )


def test_nobody_who_had_a_part_in_the_refusal_takes_or_leads_the_appeal():
    world = ReviewWorld(S.DECLINED)
    actions.appeal_application(world.application, text="No.", by=world.people["applicant"])

    for person in (world.leader, world.asked[0], world.asked[1]):
        with pytest.raises(NotAllowed, match="had a part in this before"):
            actions.take_review(world.application, by=person)
        with pytest.raises(NotAllowed, match="had a part in this before"):
            actions.set_owner(world.application, to=person, by=world.people["operator"])


def test_an_appeal_comes_in_time_and_says_something(move_clock):
    world = ReviewWorld(S.DECLINED)
    with pytest.raises(Refused, match="what is wrong"):
        actions.appeal_application(world.application, text=" ", by=world.people["applicant"])

    move_clock(dt.timedelta(days=15))

    with pytest.raises(Refused, match="within 14 days"):
        actions.appeal_application(world.application, text="No.", by=world.people["applicant"])


def test_withdrawing_drops_the_appeal():
    world = ReviewWorld(S.APPEALED)

    actions.withdraw_application(world.application, by=world.people["applicant"])

    assert Appeal.objects.get().status == AppealStatus.DROPPED

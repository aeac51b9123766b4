"""Staff clear collaborators one by one, with the evidence before them."""

import pytest
from django.urls import reverse

from audit.models import Entry
from organizations import actions
from organizations.states import MembershipStatus
from outbox.models import Message
from reviews.models import Decision
from tests.factories.organizations import (
    make_member,
    make_organization,
    make_proposed,
    staff_reviewer,
)
from tests.factories.people import make_user

QUEUE = "/staff/collaborators/"


@pytest.fixture
def lab(paula):
    return make_organization(paula, name="Feeds and Votes")


@pytest.fixture
def as_rita(client, rita):
    client.force_login(rita)
    return client


def page_of(membership):
    return reverse("staff:collaborator", args=[membership.pk])


def test_the_queue_shows_who_waits_the_longest_first(as_rita, lab, carl, olga):
    make_proposed(lab, carl)
    make_proposed(lab, olga)
    actions.propose_collaborator(
        lab, email="later@uva.nl", name="No Account", expertise="", by=lab.principal.user
    )

    text = as_rita.get(QUEUE).text

    assert text.index("Carl Claes") < text.index("Olga Orlova")
    assert "No Account" not in text


def test_an_empty_queue_says_so(as_rita):
    assert "Nobody waits" in as_rita.get(QUEUE).text


def test_the_page_shows_the_evidence_and_its_view_is_recorded(as_rita, lab, carl):
    membership = make_proposed(lab, carl)
    make_member(make_organization(make_user("petra@uva.nl"), name="Another Lab"), carl)

    page = as_rita.get(page_of(membership))

    assert "has verified this address" in page.text
    assert "uva.nl belongs to University of Amsterdam" in page.text
    assert "Another Lab (Active)" in page.text
    assert Entry.objects.get(event="membership.viewed").subject_id == str(membership.pk)


def test_an_address_of_another_institution_needs_a_look(as_rita, lab, olga):
    page = as_rita.get(page_of(make_proposed(lab, olga)))

    assert "need an application of their own institution" in page.text
    assert "evidence-yellow" in page.text


def test_clearing_invites_the_person_and_keeps_the_decision(as_rita, rita, lab, carl):
    membership = make_proposed(lab, carl)

    answer = as_rita.post(page_of(membership), {"decision": "clear", "note": "Known author."})

    membership.refresh_from_db()
    decision = Decision.objects.about(membership).get()
    assert answer.url == QUEUE
    assert membership.status == MembershipStatus.INVITED
    assert (decision.decided_by, decision.comment) == (rita, "Known author.")
    assert Message.objects.filter(to="carl@uva.nl", kind="membership.invited").exists()


def test_not_clearing_needs_a_reason_and_a_comment(as_rita, lab, carl):
    membership = make_proposed(lab, carl)

    page = as_rita.post(page_of(membership), {"decision": "refuse", "comment": "Typed words"})

    membership.refresh_from_db()
    assert membership.status == MembershipStatus.UNDER_REVIEW
    assert "This field is required" in page.text
    assert "Typed words" in page.text


def test_whoever_is_not_cleared_and_the_principal_learn_why(as_rita, lab, carl):
    membership = make_proposed(lab, carl)
    words = {
        "decision": "refuse",
        "reason": "EXPERTISE_NOT_SHOWN",
        "comment": "Please name a publication.",
    }

    as_rita.post(page_of(membership), words)

    membership.refresh_from_db()
    letters = Message.objects.filter(kind="membership.refused")
    assert (membership.status, membership.seat) == (MembershipStatus.REFUSED, None)
    assert {letter.to for letter in letters} == {"paula@uva.nl", "carl@uva.nl"}
    assert all("Please name a publication." in letter.body for letter in letters)


def test_of_two_reviewers_the_second_is_told_that_it_is_decided(as_rita, lab, carl):
    membership = make_proposed(lab, carl)
    as_rita.post(page_of(membership), {"decision": "clear"})

    answer = as_rita.post(page_of(membership), {"decision": "clear"})

    assert answer.status_code == 409
    assert Decision.objects.about(membership).count() == 1


def test_a_reviewer_who_belongs_to_the_lab_finds_nobody_of_it(as_rita, rita, lab, carl):
    make_seat_for_staff(lab, rita, by=staff_reviewer())
    membership = make_proposed(lab, carl)

    page = as_rita.get(page_of(membership))
    clearing = as_rita.post(page_of(membership), {"decision": "clear"})
    incomplete = as_rita.post(page_of(membership), {"decision": "refuse"})

    assert [each.status_code for each in (page, clearing, incomplete)] == [404, 404, 404]


def make_seat_for_staff(lab, person, *, by):
    membership = make_proposed(lab, person)
    actions.clear_membership(membership, by=by)
    return actions.accept_invitation(membership, by=person)


@pytest.mark.parametrize("person", ["paula", "carl", "olga"])
def test_nobody_but_staff_finds_the_queue(request, client, lab, person):
    user = request.getfixturevalue(person)
    carl = request.getfixturevalue("carl")
    membership = make_proposed(lab, carl)
    client.force_login(user)

    assert client.get(QUEUE).status_code == 404
    assert client.get(page_of(membership)).status_code == 404
    assert client.post(page_of(membership), {"decision": "clear"}).status_code == 404

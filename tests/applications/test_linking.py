"""Linked applications: one project, several institutions, each with an application of its own."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.actions import LinkClosed
from applications.linked import linked_of, neighbours_of
from applications.models import Application, LinkInvitation
from audit.models import Entry
from lib.errors import NotAllowed, Refused
from organizations.models import LabLink
from outbox.models import Message
from reviews.models import Conflict, ConflictKind, Outcome
from tests.factories.applications import (
    S,
    begin_reviews,
    complete_answers,
    fill_in,
    give_all_reviews,
    institution_named,
    make_application,
    make_draft,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(paula):
    return make_draft(paula)


@pytest.fixture
def lena(db):
    """She leads the project at the other university."""
    return make_user("lena@dcu.ie", name="Lena Lens")


def invite(application, email="lena@dcu.ie"):
    return actions.invite_linked(application, email=email, by=application.applicant)


def take_up(application, person):
    """The person opens a linked application of their own."""
    return actions.take_up_link_invitation(invite(application, person.email), by=person)


def last_letter():
    return Message.objects.filter(kind="application.link_invitation").latest("id")


def secret_of(letter):
    return re.search(r"/by-letter/([^/\s]+)/", letter.body)[1]


def complete(application, **changes):
    """Everything that the other side answers for itself, and what `changes` say."""
    theirs = complete_answers(
        institution=str(institution_named("Dublin City University").pk),
        full_name="Lena Lens",
        works_in="IE",
        team_name="Lens Lab",
        profile_url="https://www.dcu.ie/lens",
    )
    shared = {"project_title", "topics", "summary", "design", "research_questions"}
    own = {key: value for key, value in theirs.items() if key not in shared | {"public_summary"}}
    return fill_in(application, own | changes)


def submit(application):
    return actions.submit_application(application, by=application.applicant)


def approve(application, by):
    begin_reviews(application, by)
    give_all_reviews(application, Outcome.APPROVED)
    return actions.approve_application(application, by=by, comment="Welcome.")


def test_the_invited_person_gets_a_draft_with_the_project_and_nothing_personal(draft, lena):
    application = take_up(draft, lena)

    assert application.applicant == lena
    assert application.status == S.DRAFT
    for key in ("project_title", "topics", "summary", "design", "public_summary"):
        assert application.answers[key] == draft.answers[key]
    for key in ("role", "profile_url", "team_name", "security_plan", "terms_accepted"):
        assert not application.answers.get(key)
    assert application.answers["full_name"] == "Lena Lens"
    assert not application.collaborators.exists()


def test_an_answer_that_hangs_on_another_is_taken_over_with_it(paula, lena):
    draft = make_draft(paula, topics=["other"], topic_other="Cooking")

    assert take_up(draft, lena).answers["topic_other"] == "Cooking"


def test_a_draft_that_is_there_already_is_linked_and_nothing_in_it_overwritten(draft, lena):
    mine = actions.start_application(draft.programme, by=lena)
    fill_in(mine, {"project_title": "My own title"})

    application = take_up(draft, lena)

    assert application == mine
    assert application.answers["project_title"] == "My own title"
    assert application.answers["design"] == draft.answers["design"]
    assert [each.person for each in neighbours_of(draft)] == ["Lena Lens"]


def test_a_draft_of_another_group_is_not_torn_out_of_it(draft, lena, olga):
    take_up(make_draft(olga), lena)
    invitation = invite(draft)

    with pytest.raises(Refused, match="linked with another project"):
        actions.take_up_link_invitation(invitation, by=lena)

    assert neighbours_of(draft) == []


def test_three_universities_stand_in_one_group(draft, lena, olga):
    second = take_up(draft, lena)
    take_up(second, olga)

    assert {each.person for each in neighbours_of(draft)} == {"Lena Lens", "Olga Orlova"}


def test_the_letter_says_the_same_whether_or_not_the_address_has_an_account(draft, lena):
    invite(draft, "nobody@dcu.ie")
    to_nobody = last_letter().body.replace("nobody@", "lena@").replace(secret_of(last_letter()), "")
    invite(draft, "lena@dcu.ie")
    to_lena = last_letter().body.replace(secret_of(last_letter()), "")

    assert to_nobody == to_lena


def test_the_link_opens_for_the_invited_address_alone(draft, lena, olga, paula):
    invitation = invite(draft)
    secret = secret_of(last_letter())

    assert actions.find_link_invitation(secret, by=lena) == invitation
    for other in (olga, paula):
        with pytest.raises(LinkClosed):
            actions.find_link_invitation(secret, by=other)
        with pytest.raises(LinkClosed):
            actions.take_up_link_invitation(invitation, by=other)


def test_an_address_that_is_not_verified_opens_nothing(draft):
    invite(draft)
    lena = make_user("lena@dcu.ie", is_verified=False)

    with pytest.raises(LinkClosed):
        actions.find_link_invitation(secret_of(last_letter()), by=lena)


def test_wrong_used_revoked_and_expired_links_get_one_and_the_same_answer(
    draft, lena, paula, move_clock
):
    sentences = set()

    def note(secret):
        with pytest.raises(LinkClosed) as refusal:
            actions.find_link_invitation(secret, by=lena)
        sentences.add(refusal.value.sentence)

    note("no-such-secret")
    actions.revoke_link_invitation(invite(draft), by=paula)
    note(secret_of(last_letter()))
    actions.decline_link_invitation(invite(draft), by=lena)
    note(secret_of(last_letter()))
    invite(draft)
    move_clock(dt.timedelta(days=draft.programme.invitation_days, minutes=1))
    note(secret_of(last_letter()))

    assert len(sentences) == 1


def test_a_link_is_used_once(draft, lena):
    invitation = invite(draft)
    actions.take_up_link_invitation(invitation, by=lena)

    with pytest.raises(LinkClosed):
        actions.take_up_link_invitation(invitation, by=lena)


def test_what_was_withdrawn_invites_nobody_and_withdrawing_one_leaves_the_other(
    draft, lena, olga, paula
):
    other = take_up(draft, lena)
    invite(draft, olga.email)

    actions.withdraw_application(draft, by=paula)

    with pytest.raises(LinkClosed):
        actions.find_link_invitation(secret_of(last_letter()), by=olga)
    other.refresh_from_db()
    assert other.status == S.DRAFT
    assert [each.state for each in neighbours_of(other)] == ["Withdrawn"]


def test_an_invitation_that_ran_out_can_be_sent_again(draft, move_clock):
    invite(draft)
    move_clock(dt.timedelta(days=draft.programme.invitation_days, minutes=1))

    assert invite(draft).revoked_at is None


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("paula@uva.nl", "your own address"),
        ("carl@uva.nl", "your own institution"),
        ("no address", "is not an e-mail address"),
        ("lena@dcu.ie", "is invited already"),
    ],
)
def test_whom_nobody_can_invite(draft, email, sentence):
    invite(draft, "lena@dcu.ie")

    with pytest.raises(Refused, match=sentence):
        invite(draft, email)


def test_a_project_without_a_title_invites_nobody_yet(paula):
    draft = actions.start_application(make_draft(make_user("x@uva.nl")).programme, by=paula)

    with pytest.raises(Refused, match="Give the project a title first"):
        invite(draft)


def test_letters_to_strangers_have_a_limit(draft):
    for number in range(9):
        invite(draft, f"person{number}@dcu.ie")

    with pytest.raises(Refused, match="9 invitations are open"):
        invite(draft)


def test_only_the_applicant_invites_and_takes_back(draft, carl, lena):
    with pytest.raises(NotAllowed):
        actions.invite_linked(draft, email="lena@dcu.ie", by=carl)
    with pytest.raises(NotAllowed):
        actions.revoke_link_invitation(invite(draft), by=lena)


def test_the_invitation_is_handed_on_once_and_the_old_link_ends(draft, lena):
    chief = make_user("chief@dcu.ie", name="Clara Chief")
    invitation = invite(draft)
    old = secret_of(last_letter())

    actions.hand_on_link_invitation(invitation, email="chief@dcu.ie", by=lena)

    assert last_letter().to == "chief@dcu.ie"
    with pytest.raises(LinkClosed):
        actions.find_link_invitation(old, by=lena)
    found = actions.find_link_invitation(secret_of(last_letter()), by=chief)
    with pytest.raises(Refused, match="handed on before"):
        actions.hand_on_link_invitation(found, email="third@dcu.ie", by=chief)
    assert actions.take_up_link_invitation(found, by=chief).applicant == chief


@pytest.mark.parametrize("email", ["paula@uva.nl", "carl@uva.nl", "lena@dcu.ie"])
def test_to_whom_it_cannot_be_handed_on(draft, lena, email):
    with pytest.raises(Refused):
        actions.hand_on_link_invitation(invite(draft), email=email, by=lena)


def test_each_side_sees_where_the_other_stands_in_words_for_others(draft, lena, paula, rita):
    other = take_up(draft, lena)

    assert [each.state for each in neighbours_of(other)] == ["Draft, not submitted yet"]
    submit(draft)
    actions.request_changes(draft, by=rita, comment="Which parties?")

    (seen,) = neighbours_of(other)
    assert (seen.state, seen.colour) == ("Being changed by the applicant", "blue")


def test_reviewers_see_the_other_file_and_what_differs_in_it(draft, lena, rita):
    other = complete(take_up(draft, lena), summary="We study how voters answer.")
    submit(draft)
    assert linked_of(draft, rita).hidden_count == 1
    submit(other)

    linked = linked_of(draft, rita)

    assert [file.application for file in linked.files] == [other]
    (difference,) = linked.files[0].differences
    assert difference.label == "Summary of the project"
    assert "".join(piece.text for piece in difference.pieces if not piece.is_old) == (
        "We study how voters answer."
    )


def test_a_reviewer_with_a_tie_to_one_learns_only_that_there_is_one(draft, lena, rita):
    other = complete(take_up(draft, lena))
    submit(draft)
    submit(other)
    tie = Conflict(person=rita, kind=ConflictKind.DECLARED, sentence="She is my sister.")
    tie.name_subject(other)
    tie.save()

    linked = linked_of(draft, rita)

    assert (linked.files, linked.hidden_count) == ([], 1)


def test_an_application_alone_has_no_part_about_links(rita):
    application = make_application(make_user("anna@uva.nl"), status=S.SUBMITTED)

    assert linked_of(application, rita) is None


def test_the_labs_are_linked_when_the_second_of_them_is_approved(draft, lena, rita):
    other = complete(take_up(draft, lena))
    submit(draft)
    submit(other)

    approve(draft, rita)
    assert not LabLink.objects.exists()
    approve(other, rita)

    assert set(LabLink.objects.get().labs) == {draft.organization, other.organization}


def test_what_happens_to_an_invitation_is_on_record(draft, lena):
    invitation = invite(draft)
    actions.hand_on_link_invitation(invitation, email="chief@dcu.ie", by=lena)

    events = Entry.objects.filter(subject_id=str(draft.pk)).values_list("event", flat=True)
    assert {"link_invitation.sent", "link_invitation.handed_on"} <= set(events)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_pages_lead_from_the_letter_to_the_linked_draft(draft, lena, paula):
    page = signed_in(paula).post(
        reverse("applications:linked", args=[draft.pk]), {"email": lena.email}, follow=True
    )
    assert b"The letter to lena@dcu.ie is on its way." in page.content

    address = re.search(r"https?://[^/]+(/\S+)", last_letter().body)[1]
    page = signed_in(lena).get(address, follow=True)
    assert b"Elections in short videos" in page.content
    assert b"Encrypted disks" not in page.content

    invitation = LinkInvitation.objects.get()
    address = reverse("applications:take_up_link", args=[invitation.pk])
    page = signed_in(lena).post(address, follow=True)
    application = Application.objects.get(applicant=lena)
    assert page.redirect_chain == [(application.get_absolute_url(), 302)]
    assert b"Paula Prins" in page.content


def test_a_refusal_stands_at_the_field_and_what_was_typed_stays(draft, paula):
    page = signed_in(paula).post(
        reverse("applications:linked", args=[draft.pk]), {"email": "carl@uva.nl"}
    )

    assert b"is an address of your own institution" in page.content
    assert b'value="carl@uva.nl"' in page.content


def test_the_file_shows_reviewers_the_linked_application(draft, lena, rita):
    other = complete(take_up(draft, lena), design="Interviews with voters.")
    submit(draft)
    submit(other)

    page = signed_in(rita).get(reverse("staff:application", args=[draft.pk]))

    assert b"Linked applications" in page.content
    assert b"Lena Lens, Dublin City University" in page.content
    assert b"1 answer about the project differs" in page.content

"""The people of a team confirm what the applicant says of them."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.team import (
    ListingClosed,
    ask_to_confirm,
    confirm_details,
    decline_listing,
    find_listing,
    list_and_ask,
)
from applications.states import ApplicationStatus as S
from applications.team import CollaboratorStatus as C
from audit.models import Entry
from audit.status import MoveRefused
from lib.errors import NotAllowed, Refused
from organizations.models import Membership
from outbox.models import Message
from portal.logs import conceal_secrets
from tests.factories.applications import (
    begin_reviews,
    give_all_reviews,
    list_collaborator,
    make_draft,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def list_carl(application, email="carl@uva.nl"):
    return list_and_ask(
        application, email=email, name="C. Claes", expertise="Maths", by=application.applicant
    )


def secret_of(email="carl@uva.nl"):
    body = Message.objects.filter(kind="application.listed", to=email).latest("id").body
    return re.search(r"/apply/listed/([^/\s]+)/", body).group(1)


def page(secret):
    return reverse("applications:listing", args=[secret])


def status_of(person):
    person.refresh_from_db()
    return person.status


def test_a_listed_person_puts_their_details_right_and_confirms(client, paula, carl):
    person = list_carl(make_draft(paula))
    client.force_login(carl)

    shown = client.get(page(secret_of())).content.decode()
    given = {"name": "Carl Claes", "expertise": "Statistics", "workplace": "here", "works_in": "DE"}
    answer = client.post(page(secret_of()), given)

    assert "C. Claes" in shown
    assert "Paula Prins" in shown
    assert answer.status_code == 302
    assert status_of(person) == C.CONFIRMED
    assert (person.name, person.expertise, person.works_in.code) == (
        "Carl Claes",
        "Statistics",
        "DE",
    )
    assert person.email == "carl@uva.nl"
    assert Message.objects.filter(kind="application.team_answer", to="paula@uva.nl").count() == 1
    assert Entry.objects.filter(event="collaborator.confirmed", actor_id=carl.pk).exists()


def test_the_address_cannot_be_changed_by_a_forged_form(client, paula, carl):
    person = list_carl(make_draft(paula))
    client.force_login(carl)
    given = {"name": "Carl", "email": "x@x.org", "expertise": "Maths", "workplace": "here"}

    client.post(page(secret_of()), given)

    assert status_of(person) == C.CONFIRMED
    assert person.email == "carl@uva.nl"


def test_a_listed_person_may_decline(client, paula, carl):
    person = list_carl(make_draft(paula))
    client.force_login(carl)

    client.post(page(secret_of()), {"decline": "1"})

    assert status_of(person) == C.DECLINED


def test_a_wrong_used_replaced_expired_or_foreign_link_shows_the_same_page(
    client, paula, carl, olga, move_clock
):
    person = list_carl(make_draft(paula))
    old = secret_of()
    move_clock(dt.timedelta(hours=2))
    ask_to_confirm(person, by=paula)
    client.force_login(olga)
    foreign = client.get(page(secret_of()))
    client.force_login(carl)
    replaced, wrong = client.get(page(old)), client.get(page("nonsense"))
    move_clock(dt.timedelta(days=15, hours=3))
    client.force_login(carl)
    expired = client.get(page(secret_of()))

    answers = [foreign, replaced, wrong, expired]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({_lead(answer) for answer in answers}) == 1
    with pytest.raises(ListingClosed):
        find_listing(secret_of(), by=carl)


def _lead(answer):
    return re.search(r'<p class="lead".*?</p>', answer.content.decode(), re.S).group(0)


def test_a_link_works_once(paula, carl):
    person = list_carl(make_draft(paula))
    secret = secret_of()
    confirm_details(person, by=carl)

    with pytest.raises(ListingClosed):
        find_listing(secret, by=carl)


def test_only_a_verified_owner_of_the_address_answers(paula, olga):
    person = list_carl(make_draft(paula))
    unverified = make_user("carl@uva.nl", is_verified=False)

    for somebody in (olga, paula, unverified):
        with pytest.raises(NotAllowed):
            confirm_details(person, by=somebody)
    assert status_of(person) == C.LISTED


def test_who_has_not_confirmed_is_left_for_later_and_holds_nothing_up(paula, rita, carl):
    application = make_draft(paula)
    confirmed, silent = list_carl(application), list_carl(application, "dana@uva.nl")
    confirm_details(confirmed, by=carl)

    actions.submit_application(application, by=paula)

    assert application.status == S.SUBMITTED
    assert (status_of(confirmed), status_of(silent)) == (C.CONFIRMED, C.LATER)
    rows = application.latest_version.collaborators
    assert [row["status"] for row in rows] == [C.CONFIRMED, C.LATER]
    begin_reviews(application, rita)
    give_all_reviews(application, "APPROVED")
    actions.approve_application(application, by=rita)
    seats = Membership.objects.filter(organization=application.organization)
    assert set(seats.values_list("email", flat=True)) == {"paula@uva.nl", "carl@uva.nl"}


def test_once_it_is_submitted_nobody_answers_any_more(paula, carl):
    application = make_draft(paula)
    person = list_carl(application)
    secret = secret_of()
    actions.submit_application(application, by=paula)

    with pytest.raises(ListingClosed):
        find_listing(secret, by=carl)
    with pytest.raises(MoveRefused):
        confirm_details(person, by=carl)


def test_when_changes_are_asked_for_the_late_are_asked_again(paula, rita, carl, move_clock):
    application = make_draft(paula)
    person = list_carl(application)
    actions.submit_application(application, by=paula)
    actions.request_changes(application, by=rita, comment="Who is Carl?")
    move_clock(dt.timedelta(hours=2))

    ask_to_confirm(person, by=paula)
    confirm_details(person, by=carl)

    assert status_of(person) == C.CONFIRMED


def test_letters_are_few_and_not_at_once(paula, move_clock):
    person = list_carl(make_draft(paula))

    with pytest.raises(Refused, match="within the last hour"):
        ask_to_confirm(person, by=paula)
    for hour in range(1, 5):
        move_clock(dt.timedelta(hours=2 * hour))
        ask_to_confirm(person, by=paula)
    move_clock(dt.timedelta(hours=20))
    with pytest.raises(Refused, match="often enough"):
        ask_to_confirm(person, by=paula)


def test_only_who_was_told_hears_of_being_removed(paula):
    application = make_draft(paula)
    told = list_carl(application)
    untold = list_collaborator(application, "dana@uva.nl", is_confirmed=False)

    actions.remove_collaborator(told, by=paula)
    actions.remove_collaborator(untold, by=paula)

    letters = Message.objects.filter(kind="application.unlisted")
    assert list(letters.values_list("to", flat=True)) == ["carl@uva.nl"]


def test_who_declined_is_not_decided(paula, carl, rita):
    application = make_draft(paula)
    decline_listing(list_carl(application), by=carl)
    actions.submit_application(application, by=paula)

    assert not application.collaborators.confirmed().exists()


def test_the_applicant_sees_how_each_person_stands(client, paula, carl):
    application = make_draft(paula)
    confirm_details(list_carl(application), by=carl)
    list_carl(application, "dana@uva.nl")
    client.force_login(paula)

    shown = client.get(reverse("applications:section", args=[application.pk, "collaborators"]))

    text = shown.content.decode()
    assert "Confirmed" in text
    assert "Has not answered yet" in text
    assert text.count("Write again") == 1


def test_the_secret_of_the_link_never_reaches_the_log():
    event = conceal_secrets(None, "", {"request": "GET /apply/listed/abc123/"})

    assert "abc123" not in event["request"]

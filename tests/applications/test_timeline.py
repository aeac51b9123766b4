"""What the applicant is told about where the application stands."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.models import Application
from applications.states import ApplicationStatus as S
from applications.timeline import events_of, read_decisions, standing_of
from applications.verdicts import standing_reviews
from lib.time import today
from reviews.models import Extension, Outcome, Pause
from tests.factories.applications import (
    begin_reviews,
    decline,
    find_reviewers,
    give_all_reviews,
    make_application,
    make_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


def url(name, application):
    return reverse(f"applications:{name}", args=[application.pk])


def page_of(client, application):
    return client.get(url("detail", application)).content.decode()


@pytest.mark.parametrize("status", list(S))
def test_every_status_says_whose_turn_it_is_and_what_comes_next(as_paula, paula, rita, status):
    application = make_application(paula, status=status, reviewer=rita)

    standing = standing_of(application)
    page = as_paula.get(url("detail", application))

    assert page.status_code == 200
    assert standing.next_act in page.content.decode()
    assert standing.turn in {"Yours", "Ours", "Nobody's: it is closed"}
    assert (standing.due_at is None) == (not application.is_open)
    assert events_of(application)[-1].title == "You began the application"


def test_the_story_of_a_refused_application_is_told_from_the_newest_event_on(paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    titles = [event.title for event in events_of(application)]

    assert titles == [
        "It was not approved",
        "All reviews are in",
        "It was found complete and went to the reviewers",
        "You submitted it (version 1)",
        "You began the application",
    ]


def test_a_proposed_refusal_is_never_told(as_paula, paula, rita):
    application = make_application(paula, status=S.SUBMITTED)
    before = page_of(as_paula, application)
    actions.propose_refusal(
        application, by=rita, reason="COMMERCIAL_USE", comment="They sell shoes."
    )

    page = page_of(as_paula, application)

    assert "They sell shoes." not in page
    assert "commercial" not in page.lower().replace("non-commercial", "")
    assert "Being checked for completeness" in page
    assert len(events_of(application)) == 2
    assert before.count("timeline-item") == page.count("timeline-item")


def test_an_objection_to_a_refusal_reads_like_any_other_way_to_the_reviewers(paula, rita, oscar):
    application = make_application(paula, status=S.REFUSAL_PROPOSED, reviewer=rita)
    actions.object_to_refusal(application, by=oscar)

    newest = events_of(application)[0]
    assert newest.title == "It was found complete and went to the reviewers"


def test_no_reviewer_is_named_but_whoever_leads_the_file(as_paula, paula, rita):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    asked = [each.reviewer for each in standing_reviews(application).exclude(reviewer=rita)]
    Application.objects.filter(pk=application.pk).update(owner=rita)

    page = page_of(as_paula, application)

    assert "Rita Reyes" in page
    assert asked
    assert all(person.name not in page and person.email not in page for person in asked)


def test_a_request_for_changes_shows_what_is_asked_and_until_when(
    as_paula, paula, rita, move_clock
):
    application = make_application(paula, status=S.CHANGES_REQUESTED, reviewer=rita)

    standing = standing_of(application)

    days = application.programme.changes_answer_days
    assert standing.due_at.date() == today() + dt.timedelta(days=days)
    assert standing.turn == "Yours"
    page = page_of(as_paula, application)
    assert "Please say which parties." in page
    assert "Answer before" in page


def test_the_days_that_the_clock_stood_are_counted_in_working_days(paula, rita):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    monday = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
    pause = Pause(started_at=monday, ended_at=monday + dt.timedelta(days=8))
    pause.name_subject(application)
    pause.save()

    assert standing_of(application).days_stood == 7


def test_a_new_date_is_told_with_its_reason(as_paula, paula, rita):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    until = today() + dt.timedelta(days=90)
    actions.extend_review(application, until=until, reason="We are moving house.", by=rita)

    page = page_of(as_paula, application)

    assert "This is a new date" in page
    assert page.count("We are moving house.") == 2
    assert "We need more time: the new date is" in page


def test_a_date_that_carrel_moved_itself_says_that_we_missed_one(paula, rita):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    row = Extension(until=application.due_at + dt.timedelta(days=5), reason="We were too few.")
    row.name_subject(application)
    row.save()

    assert events_of(application)[0].title.startswith("We missed the date we had promised")


def test_a_date_that_has_passed_is_admitted(as_paula, paula, rita, move_clock):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    move_clock(dt.timedelta(days=100))

    assert standing_of(application).is_overdue
    assert "We have not kept this date" in page_of(client_of(paula), application)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_place_in_the_queue_is_told_only_where_it_is_honest(paula, olga, rita):
    first = make_application(paula, status=S.SUBMITTED)
    second = make_application(olga, status=S.SUBMITTED)
    Application.objects.filter(pk=second.pk).update(due_at=first.due_at + dt.timedelta(days=1))
    second.refresh_from_db()

    assert standing_of(first).ahead == 0
    assert standing_of(second).ahead == 1

    begin_reviews(second, rita)
    give_all_reviews(second, Outcome.DECLINED)
    decline(second, rita)
    assert standing_of(second).ahead is None
    actions.appeal_application(second, text="You misread it.", by=olga)
    find_reviewers(second)
    assert standing_of(second).ahead is None


def test_a_refusal_shows_its_reason_what_to_do_about_it_and_the_ground(as_paula, paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    decision = read_decisions(application)[0]
    page = page_of(as_paula, application)

    assert decision.reason == "The proposal is not clearly defined"
    assert decision.guidance.startswith("Apply again and name the research questions")
    for words in (decision.reason, decision.guidance, "The questions are not clear yet."):
        assert words in page
    assert "DSA Art. 40(8)(e)" in page


def test_an_approval_shows_each_person_and_what_it_is_for(paula, rita):
    application = make_application(
        paula, status=S.APPROVED, reviewer=rita, collaborators=["carl@uva.nl"]
    )

    decision = read_decisions(application)[0]

    assert not decision.is_refusal
    assert decision.people == ["Carl may join"]


def test_an_appeal_is_written_on_a_page_within_the_term(as_paula, paula, rita, move_clock):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)
    last = application.decided_at + dt.timedelta(days=application.programme.appeal_days)

    overview, form = page_of(as_paula, application), as_paula.get(url("appeal", application))
    empty = as_paula.post(url("appeal", application), {"text": "  "})
    sent = as_paula.post(url("appeal", application), {"text": "You misread the design."})

    assert f"until {last.day} " in overview
    assert b"The proposal is not clearly defined" in form.content
    assert empty.status_code == 200
    assert sent.status_code == 302
    application.refresh_from_db()
    assert application.status == S.APPEALED
    assert "You misread the design." in page_of(as_paula, application)


def test_after_the_term_no_appeal_is_offered_and_its_page_refuses(
    as_paula, paula, rita, move_clock
):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)
    move_clock(dt.timedelta(days=application.programme.appeal_days, minutes=1))
    late = client_of(paula)

    assert standing_of(application).appeal_until is None
    assert url("appeal", application) not in page_of(late, application)
    assert late.get(url("appeal", application)).status_code == 409


@pytest.mark.parametrize("status", [S.DRAFT, S.IN_REVIEW, S.CHANGES_REQUESTED, S.APPEALED])
def test_withdrawing_asks_first_and_works_at_any_open_state(as_paula, paula, rita, status):
    application = make_application(paula, status=status, reviewer=rita)

    asked = as_paula.get(url("withdraw", application))
    application.refresh_from_db()
    assert asked.status_code == 200
    assert application.status == status

    as_paula.post(url("withdraw", application))
    application.refresh_from_db()
    assert application.status == S.WITHDRAWN
    assert "Withdrawn by you" in page_of(as_paula, application)


def test_what_is_closed_cannot_be_withdrawn(as_paula, paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    assert url("withdraw", application) not in page_of(as_paula, application)
    assert as_paula.get(url("withdraw", application)).status_code == 409


@pytest.mark.parametrize("status", [S.IN_REVIEW, S.CHANGES_REQUESTED, S.DECLINED, S.APPROVED])
def test_the_page_asks_the_database_at_most_so_often(
    as_paula, paula, rita, status, django_assert_max_num_queries
):
    application = make_application(
        paula, status=status, reviewer=rita, collaborators=["carl@uva.nl", "dana@uva.nl"]
    )
    page_of(as_paula, application)

    with django_assert_max_num_queries(36):
        page_of(as_paula, application)


def test_a_draft_says_how_long_it_is_kept(paula):
    application = make_draft(paula)

    days = application.programme.draft_idle_days
    assert standing_of(application).due_at.date() == today() + dt.timedelta(days=days)

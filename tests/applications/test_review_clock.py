"""The clock of the review: due dates, extensions, missed dates, reminders, closing."""

import datetime as dt

import pytest

from accounts.roles import Role
from applications import actions, tasks
from applications.states import ApplicationStatus as S
from applications.verdicts import standing_reviews
from lib.errors import Refused
from lib.time import now, today
from outbox.models import Message
from reviews.actions import declare_conflict, set_absence
from reviews.clock import Calendar
from reviews.models import Extension, Outcome
from reviews.states import ReviewStatus
from tests.factories.applications import give, make_application, make_draft
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def mails(kind):
    return Message.objects.filter(kind=f"application.{kind}")


def days_until_due(application):
    application.refresh_from_db()
    return Calendar().working_days_between(today(), application.due_at.date())


@pytest.fixture
def ann():
    return make_user("ann@carrel.test", name="Ann Ahn", role=Role.REVIEWER)


@pytest.fixture
def bea():
    return make_user("bea@carrel.test", name="Bea Bly", role=Role.REVIEWER)


def test_the_target_counts_working_days(paula, ann):
    application = make_application(paula, status=S.SUBMITTED)

    assert days_until_due(application) == 28


def test_the_clock_stands_while_the_applicant_answers(paula, ann, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    before = application.due_at
    actions.request_changes(application, by=ann, comment="Which parties?")
    assert application.due_at is None

    move_clock(dt.timedelta(days=14))
    actions.submit_application(application, by=paula)

    assert application.version_count == 2
    assert dt.timedelta(days=14) <= application.due_at - before <= dt.timedelta(days=18)


def test_a_new_holiday_moves_what_is_open(paula, olga, ann):
    application = make_application(paula, status=S.SUBMITTED)
    decided = make_application(olga, status=S.WITHDRAWN)
    programme = application.programme
    programme.closed_days = [today() + dt.timedelta(days=n) for n in range(1, 8)]
    programme.save()

    moved = actions.recompute_due_dates(programme)

    assert moved == 1
    assert days_until_due(application) == 33
    decided.refresh_from_db()
    assert decided.due_at is None


def test_an_extension_tells_the_applicant_why_until_when_and_whom_to_ask(paula, ann):
    application = make_application(paula, status=S.SUBMITTED)
    until = application.due_at.date() + dt.timedelta(days=30)

    actions.extend_review(application, until=until, reason="An expert is on leave.", by=ann)

    letter = mails("extended").get().body
    assert "An expert is on leave." in letter
    assert "Ann Ahn (ann@carrel.test)" in letter
    assert application.due_at.date() >= until
    assert Extension.objects.about(application).get().given_by == ann


@pytest.mark.parametrize(("days", "reason"), [(0, "Why"), (3, " "), (400, "Why")])
def test_an_extension_needs_a_later_day_and_a_reason(paula, ann, days, reason):
    application = make_application(paula, status=S.SUBMITTED)
    until = application.due_at.date() + dt.timedelta(days=days)

    with pytest.raises(Refused):
        actions.extend_review(application, until=until, reason=reason, by=ann)


def test_on_a_missed_date_the_applicant_hears_the_same_day_and_once(paula, ann, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    missed = application.due_at
    tasks.tell_missed_dates()
    assert not mails("date_missed").exists()

    move_clock(missed - now() + dt.timedelta(minutes=10))
    tasks.tell_missed_dates()
    tasks.tell_missed_dates()

    letter = mails("date_missed").get().body
    application.refresh_from_db()
    assert "the check for completeness has taken longer" in letter
    assert "Ann Ahn (ann@carrel.test)" in letter
    assert f"{application.due_at:%-d %B %Y}" in letter
    assert application.due_at > missed
    assert Extension.objects.about(application).get().given_by is None

    move_clock(application.due_at - now() + dt.timedelta(days=60))
    tasks.tell_missed_dates()
    assert mails("date_missed").count() == 2


def test_reviewers_are_reminded_once_for_each_day_also_by_a_worker_that_was_away(
    paula, ann, bea, move_clock
):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    give(application, ann, Outcome.APPROVED)
    tasks.remind_staff()
    assert not mails("reminder").exists()

    for days_before in (6.5, 6, 1.5, 1):
        move_clock(application.due_at - application.submitted_at - dt.timedelta(days=days_before))
        tasks.remind_staff()
        tasks.remind_staff()

    assert [mail.to for mail in mails("reminder")] == ["bea@carrel.test"] * 2


def test_a_late_worker_sends_one_reminder_for_all(paula, ann, move_clock):
    application = make_application(paula, status=S.SUBMITTED)

    move_clock(application.due_at - application.submitted_at - dt.timedelta(days=1))
    tasks.remind_staff()

    assert mails("reminder").get().to == ann.email


def test_an_untouched_review_is_offered_to_another_after_five_working_days(
    paula, ann, bea, move_clock
):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    actions.note_viewing(application, by=ann)
    cem = make_user("cem@carrel.test", role=Role.REVIEWER)
    move_clock(dt.timedelta(days=4))
    tasks.find_missing_people()
    assert not mails("review_moved").exists()

    move_clock(dt.timedelta(days=9))
    tasks.find_missing_people()

    standing = {review.reviewer for review in standing_reviews(application)}
    assert standing == {ann, cem}
    assert mails("review_moved").get().to == bea.email


def test_an_untouched_review_stays_and_operators_hear_it_when_nobody_else_is_free(
    paula, ann, bea, oscar, move_clock
):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    actions.note_viewing(application, by=ann)

    move_clock(dt.timedelta(days=9))
    tasks.find_missing_people()
    tasks.find_missing_people()

    assert standing_reviews(application).filter(reviewer=bea).exists()
    assert mails("too_few_reviewers").get().to == oscar.email


def test_who_comes_back_is_asked_for_what_lacks(paula, ann, bea, move_clock):
    set_absence(bea, first_date=today(), last_date=today() + dt.timedelta(days=1), by=bea)
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    assert standing_reviews(application).count() == 1

    move_clock(dt.timedelta(days=2))
    tasks.find_missing_people()

    assert standing_reviews(application).filter(reviewer=bea).exists()


def test_whoever_has_left_or_has_a_tie_by_now_is_replaced(paula, ann, bea):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    cem, dov = (make_user(f"{name}@carrel.test", role=Role.REVIEWER) for name in ("cem", "dov"))
    ann.is_active = False
    ann.save()
    declare_conflict(application, person=bea, sentence="Kin.", by=bea)

    tasks.find_missing_people()

    application.refresh_from_db()
    under_way = standing_reviews(application).filter(status=ReviewStatus.ASSIGNED)
    assert {review.reviewer for review in under_way} == {cem, dov}
    assert application.owner in (cem, dov)


@pytest.mark.parametrize(("count", "expected"), [(1, S.CONSOLIDATING), (3, S.IN_REVIEW)])
def test_a_programme_that_asks_for_fewer_reviews_lets_those_in_hand_go_on(
    paula, ann, count, expected
):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    give(application, ann, Outcome.APPROVED)
    application.programme.review_count = count
    application.programme.save()

    tasks.find_missing_people()

    application.refresh_from_db()
    assert application.status == expected


def test_more_reviews_from_now_on_leave_alone_what_waits_for_its_decision(paula, ann):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=ann)
    application.programme.review_count = 5
    application.programme.save()

    actions.approve_application(application, by=ann)

    assert application.status == S.APPROVED


def test_an_idle_draft_is_closed_only_after_warnings(paula, move_clock):
    application = make_draft(paula)
    days = application.programme.draft_idle_days
    steps = [days - 8, days - 7, days - 7, days - 2, days - 1]
    for step in steps:
        move_clock(dt.timedelta(days=step))
        tasks.close_idle_applications()
    assert mails("closing").count() == 2
    application.refresh_from_db()
    assert application.status == S.DRAFT

    move_clock(dt.timedelta(days=days, hours=1))
    tasks.close_idle_applications()

    application.refresh_from_db()
    assert application.status == S.EXPIRED
    assert mails("closed").count() == 1


def test_a_draft_that_is_saved_again_is_not_closed(paula, move_clock):
    application = make_draft(paula)
    days = application.programme.draft_idle_days
    move_clock(dt.timedelta(days=days - 3))
    tasks.close_idle_applications()
    application.saved_at = now()
    application.save()

    move_clock(dt.timedelta(days=days + 1))
    tasks.close_idle_applications()

    application.refresh_from_db()
    assert application.status == S.DRAFT


def test_nothing_is_closed_unwarned_when_the_worker_was_away(paula, ann, move_clock):
    application = make_application(paula, status=S.CHANGES_REQUESTED)

    move_clock(dt.timedelta(days=100))
    tasks.close_idle_applications()
    application.refresh_from_db()
    assert application.status == S.CHANGES_REQUESTED
    assert f"{today() + dt.timedelta(days=2):%-d %B %Y}" in mails("closing").get().body

    move_clock(dt.timedelta(days=102, minutes=1))
    tasks.close_idle_applications()
    application.refresh_from_db()
    assert application.status == S.EXPIRED

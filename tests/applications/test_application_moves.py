"""Every status x target x role, and what each decision leaves behind."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from accounts.roles import Role
from applications import actions
from applications.models import Application
from applications.states import ApplicationStatus as S
from audit.models import Entry
from audit.status import change_status
from lib.errors import Refused
from outbox.models import Message
from reviews.models import Decision, Outcome, Reason
from tests.factories.applications import institution_named, make_application, some_reviewer
from tests.factories.people import make_user

# Who may take which arrow; every other combination must be refused.
APPLICANT = {
    (S.DRAFT, S.SUBMITTED),
    (S.DRAFT, S.WITHDRAWN),
    (S.SUBMITTED, S.WITHDRAWN),
    (S.CHANGES_REQUESTED, S.SUBMITTED),
    (S.CHANGES_REQUESTED, S.WITHDRAWN),
}
STAFF = {
    (S.SUBMITTED, S.CHANGES_REQUESTED),
    (S.SUBMITTED, S.APPROVED),
    (S.SUBMITTED, S.DECLINED),
}
ALLOWED = {
    "applicant": APPLICANT,
    "other applicant": set(),
    "reviewer": STAFF,
    "operator": STAFF,
    "reviewer who is listed": set(),
    "nobody": set(),
}


@pytest.fixture
def cast(paula, olga, rita, oscar):
    return {
        "applicant": paula,
        "other applicant": olga,
        "reviewer": rita,
        "operator": oscar,
        "reviewer who is listed": make_user("listed@uva.nl", role=Role.REVIEWER),
        "nobody": None,
    }


def deed(to, application, by):
    """The action that leads to a status; no action leads back to a draft."""
    if to == S.DRAFT:
        return change_status(application, S.DRAFT, by=by)
    if to == S.SUBMITTED:
        return actions.submit_application(application, by=by)
    if to == S.WITHDRAWN:
        return actions.withdraw_application(application, by=by)
    if to == S.CHANGES_REQUESTED:
        return actions.request_changes(application, by=by, comment="More, please.")
    if to == S.APPROVED:
        return actions.approve_application(application, by=by)
    return actions.decline_application(
        application, by=by, reason=Reason.COMMERCIAL_USE, comment="It is commercial."
    )


def is_taken(to, application, by):
    """Whether the move was made; the database is put back as it was."""
    point = transaction.savepoint()
    try:
        deed(to, application, by)
        return Application.objects.get(pk=application.pk).status == to
    except Refused:
        return False
    finally:
        transaction.savepoint_rollback(point)
        application.refresh_from_db()


@pytest.mark.parametrize("status", S)
def test_only_the_moves_of_the_table_are_made_and_only_by_their_role(status, cast):
    application = make_application(
        cast["applicant"], status=status, collaborators=["listed@uva.nl"]
    )

    made = {(role, to) for role, by in cast.items() for to in S if is_taken(to, application, by)}

    expected = {(role, to) for role, moves in ALLOWED.items() for now, to in moves if now == status}
    assert made == expected


def test_a_submission_freezes_a_version_and_confirms_it(paula):
    application = make_application(
        paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"], project_title="First title"
    )

    version = application.latest_version
    assert version.number == 1
    assert version.answers["project_title"] == "First title"
    assert version.collaborators[0]["email"] == "carl@uva.nl"
    assert version.terms_version == 1
    assert (application.due_at - application.submitted_at).days == 28
    mail = Message.objects.get(kind="application.submitted")
    assert mail.to == "paula@uva.nl"


def test_approval_makes_the_lab_with_the_people_who_were_cleared(paula, carl, rita):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, collaborators=["carl@uva.nl", "dana@ethz.ch"]
    )
    carls_row = application.collaborators.get(email="carl@uva.nl")

    actions.approve_application(application, by=rita, comment="Well done.", cleared=[carls_row])

    application.refresh_from_db()
    lab = application.organization
    assert application.status == S.APPROVED
    assert lab.name == "Prins Lab"
    assert lab.principal.user == paula
    assert [seat.email for seat in lab.memberships.filter(seat__gt=0)] == ["carl@uva.nl"]
    decision = Decision.objects.about(application).get()
    assert (decision.outcome, decision.decided_by) == (Outcome.APPROVED, rita)
    assert Message.objects.filter(kind="application.approved", to=paula.email).count() == 1


def test_a_declined_applicant_is_told_the_reason(paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    decision = Decision.objects.about(application).get()
    assert decision.reason == Reason.PROPOSAL_NOT_DEFINED
    mail = Message.objects.get(kind="application.declined")
    assert "The proposal is not clearly defined" in mail.body
    assert "The questions are not clear yet." in mail.body


@pytest.mark.parametrize("reason", ["", "MEETS_CRITERIA", "NO_SUCH_REASON"])
def test_declining_needs_a_reason_that_refuses(paula, rita, reason):
    application = make_application(paula, status=S.SUBMITTED)

    with pytest.raises(Refused, match="Choose the reason"):
        actions.decline_application(application, by=rita, reason=reason, comment="No.")


def test_asking_for_changes_and_declining_need_a_comment(paula, rita):
    application = make_application(paula, status=S.SUBMITTED)

    with pytest.raises(Refused, match="Write a comment"):
        actions.request_changes(application, by=rita, comment="  ")
    with pytest.raises(Refused, match="Write a comment"):
        actions.decline_application(application, by=rita, reason=Reason.INCOMPLETE, comment="")


def test_the_review_clock_stands_while_the_applicant_answers(paula, rita, move_clock):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    due_before = application.due_at
    move_clock(dt.timedelta(days=10))

    actions.submit_application(application, by=paula)

    assert application.version_count == 2
    assert (application.due_at - due_before).days == 10
    assert Entry.objects.filter(event="application.resubmitted").count() == 1


def test_staff_see_the_frozen_version_while_the_applicant_edits(paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)

    application.answers["project_title"] = "Edited since"
    application.save()

    assert application.latest_version.answers["project_title"] == "Elections in short videos"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_who_decide_at_once_the_second_is_refused(paula, rita, oscar):
    application = make_application(paula, status=S.SUBMITTED)
    barrier, refusals = threading.Barrier(2), []

    def decide(decision, by, **given):
        barrier.wait()
        try:
            decision(Application.objects.get(pk=application.pk), by=by, **given)
        except Refused as refusal:
            refusals.append(refusal.sentence)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(actions.approve_application, rita)),
        threading.Thread(
            target=decide,
            args=(actions.decline_application, oscar),
            kwargs={"reason": Reason.COMMERCIAL_USE, "comment": "Commercial."},
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refusals) == 1
    assert "Reload the page" in refusals[0]
    assert Decision.objects.about(application).count() == 1
    application.refresh_from_db()
    assert application.status in (S.APPROVED, S.DECLINED)


def test_a_reviewer_may_not_decide_about_their_own_application(rita):
    application = make_application(rita, status=S.SUBMITTED)

    with pytest.raises(Refused, match="You are part of this application"):
        actions.approve_application(application, by=rita)


def test_a_reviewer_listed_under_a_second_address_may_not_decide(paula, rita):
    rita.emailaddress_set.create(email="Rita@uva.nl", verified=True)
    application = make_application(paula, status=S.SUBMITTED, collaborators=["rita@uva.nl"])

    with pytest.raises(Refused, match="You are part of this application"):
        actions.approve_application(application, by=rita)


def test_an_unknown_institution_has_to_be_found_before_the_approval(paula, rita):
    application = make_application(
        paula,
        status=S.SUBMITTED,
        institution="",
        institution_name="UvA",
        institution_address="Amsterdam",
        institution_country="NL",
        institution_website="https://www.uva.nl",
    )
    with pytest.raises(Refused, match="not in the registry yet"):
        actions.approve_application(application, by=rita)

    actions.choose_institution(
        application, institution=institution_named("University of Amsterdam"), by=rita
    )
    actions.approve_application(application, by=rita)

    assert application.organization.institution.name == "University of Amsterdam"


def test_a_long_review_takes_nothing_from_the_length_of_access(paula, move_clock):
    application = make_application(paula, status=S.CONSOLIDATING, access_days=91)
    move_clock(dt.timedelta(days=400))

    actions.approve_application(application, by=some_reviewer())

    days = (application.organization.ends_at - application.organization.starts_at).days
    assert days == 90
    assert application.organization.ends_at.time() == dt.time()


def test_access_starts_at_the_approval_when_the_first_day_has_passed(paula, move_clock):
    application = make_application(paula, status=S.SUBMITTED)
    move_clock(dt.timedelta(days=60))

    actions.approve_application(application, by=some_reviewer())

    assert application.organization.starts_at >= application.submitted_at + dt.timedelta(days=60)

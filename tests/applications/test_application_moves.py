"""What each move of an application leaves behind."""

import datetime as dt

import pytest

from applications import actions
from applications.states import ApplicationStatus as S
from lib.errors import Refused
from lib.time import now, today
from outbox.models import Message
from reviews.clock import Calendar
from reviews.models import Conflict, Decision, Outcome
from tests.factories.applications import institution_named, make_application, some_reviewer

DECLINED = Outcome.DECLINED


def test_a_submission_freezes_a_version_and_confirms_it(paula):
    application = make_application(
        paula, status=S.SUBMITTED, collaborators=["carl@uva.nl"], project_title="First title"
    )

    version = application.latest_version
    assert version.number == 1
    assert version.answers["project_title"] == "First title"
    assert version.collaborators[0]["email"] == "carl@uva.nl"
    assert version.terms_version == 1
    calendar = Calendar()
    assert calendar.working_days_between(today(), application.due_at.date()) == 28
    mail = Message.objects.get(kind="application.submitted")
    assert mail.to == "paula@uva.nl"


def test_approval_makes_the_lab_with_the_people_who_were_cleared(paula, carl, rita):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, collaborators=["carl@uva.nl", "dana@ethz.ch"]
    )
    danas_row = application.collaborators.get(email="dana@ethz.ch")

    actions.approve_application(
        application,
        by=rita,
        comment="Well done.",
        not_cleared={danas_row: "INSTITUTION_NOT_ELIGIBLE"},
    )

    application.refresh_from_db()
    lab = application.organization
    assert application.status == S.APPROVED
    assert lab.name == "Prins Lab"
    assert lab.principal.user == paula
    assert [seat.email for seat in lab.memberships.filter(seat__gt=0)] == ["carl@uva.nl"]
    decision = Decision.objects.about(application).get()
    assert (decision.outcome, decision.decided_by) == (Outcome.APPROVED, rita)
    letter = Message.objects.get(kind="application.approved", to=paula.email).body
    assert "Carl: may join" in letter
    assert "Dana: not cleared (The institution is not eligible)" in letter
    assert Decision.objects.about(danas_row).get().reason == "INSTITUTION_NOT_ELIGIBLE"


def test_a_declined_applicant_is_told_the_reason(paula, rita):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    decision = Decision.objects.about(application).get()
    assert decision.reason == "PROPOSAL_NOT_DEFINED"
    mail = Message.objects.get(kind="application.declined")
    assert "The proposal is not clearly defined" in mail.body
    assert "The questions are not clear yet." in mail.body


@pytest.mark.parametrize("reason", ["", "MEETS_CRITERIA", "NO_SUCH_REASON", "RETIRED"])
def test_declining_needs_a_reason_that_the_programme_uses(paula, rita, reason):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita, verdict=DECLINED)
    codes = application.programme.reason_codes
    codes.create(code="RETIRED", outcome="DECLINED", title={"en": "Old"}, retired_at=now())

    with pytest.raises(Refused, match="Choose the reason"):
        actions.decline_application(application, by=rita, reason=reason, comment="No.")


def test_asking_for_changes_and_declining_need_a_comment(paula, rita):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita, verdict=DECLINED)

    with pytest.raises(Refused, match="Write a comment"):
        actions.request_changes(application, by=rita, comment="  ")
    with pytest.raises(Refused, match="Write a comment"):
        actions.decline_application(application, by=rita, reason="INCOMPLETE", comment="")


def test_staff_see_the_frozen_version_while_the_applicant_edits(paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)

    application.answers["project_title"] = "Edited since"
    application.save()

    assert application.latest_version.answers["project_title"] == "Elections in short videos"


def test_a_reviewer_may_not_decide_about_their_own_application(rita):
    application = make_application(rita, status=S.CONSOLIDATING)

    with pytest.raises(Refused, match="without a tie"):
        actions.approve_application(application, by=rita)


def test_a_reviewer_listed_under_a_second_address_has_a_conflict(paula, rita):
    rita.emailaddress_set.create(email="Rita@uva.nl", verified=True)
    application = make_application(paula, status=S.SUBMITTED, collaborators=["rita@uva.nl"])

    with pytest.raises(Refused, match="without a tie"):
        actions.pass_screening(application, by=rita)

    assert Conflict.objects.about(application).get(kind="PART").person == rita


def test_an_unknown_institution_has_to_be_found_before_the_approval(paula, rita):
    application = make_application(
        paula,
        status=S.CONSOLIDATING,
        reviewer=rita,
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


def test_access_runs_from_the_day_asked_for_when_that_lies_ahead(paula):
    application = make_application(paula, status=S.APPROVED)

    lab, first = application.organization, dt.date.fromisoformat(application.answers["starts_on"])
    assert lab.starts_at.date() == first
    assert (lab.ends_at - lab.starts_at).days == 365


def test_access_runs_from_the_approval_when_the_first_day_has_passed(paula, move_clock):
    application = make_application(paula, status=S.CONSOLIDATING)
    move_clock(dt.timedelta(days=400))

    actions.approve_application(application, by=some_reviewer())

    lab = application.organization
    assert lab.starts_at >= application.submitted_at + dt.timedelta(days=400)
    assert (lab.ends_at.date() - lab.starts_at.date()).days == 365

"""What a person may do with a file in each stage, through the forms of its page."""

import pytest

from applications import actions
from applications.states import ApplicationStatus as S
from reviews.models import Decision, Outcome, Review
from reviews.states import ReviewStatus
from tests.factories.applications import (
    begin_reviews,
    fill_in,
    give,
    list_collaborator,
    make_application,
    make_draft,
)
from tests.staff.conftest import text, url

REFUSAL = {"reason": "COMMERCIAL_USE", "comment": "It is commercial."}
CHECKLIST = ["expertise", "independence", "institution", "proposal", "non_commercial"]


def review_form(**changes):
    verdicts = {f"verdict_{code}": "MET" for code in CHECKLIST}
    remarks = {"remark_expertise": "Two papers in the field."}
    return {"recommendation": "APPROVED", "comment": "Good.", **verdicts, **remarks, **changes}


def status_of(application):
    application.refresh_from_db()
    return application.status


def offered(desk, application):
    return {offer.act.key for offer in desk.get("application", application).context["offers"]}


def test_the_screening_is_passed_in_one_click(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = desk.act("pass_screening", application, follow=True)

    assert "The screening is passed" in text(page)
    assert status_of(application) == S.IN_REVIEW
    assert application.owner == rita


def test_a_refusal_is_proposed_and_a_second_reviewer_confirms_it(desk, oscars_desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    desk.act("propose_refusal", application, **REFUSAL)
    assert status_of(application) == S.REFUSAL_PROPOSED
    assert offered(desk, application) == set()
    own = desk.act("confirm_refusal", application)
    assert own.status_code == 403
    assert "somebody else has to confirm" in text(own)

    assert offered(oscars_desk, application) == {"confirm_refusal", "object_to_refusal"}
    oscars_desk.act("confirm_refusal", application)

    assert status_of(application) == S.DECLINED


def test_a_second_reviewer_may_object(oscars_desk, rita, paula):
    application = make_application(paula, status=S.REFUSAL_PROPOSED, reviewer=rita)

    oscars_desk.act("object_to_refusal", application)

    assert status_of(application) == S.IN_REVIEW


def test_a_review_has_a_verdict_and_a_remark_for_each_criterion(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)

    page = desk.act("give_review", application, follow=True, **review_form())

    assert "Your review is in." in text(page)
    review = Review.objects.about(application).get(reviewer=rita)
    assert review.status == ReviewStatus.GIVEN
    assert set(review.checklist) == set(CHECKLIST)
    assert review.checklist["expertise"] == {
        "verdict": "MET",
        "remark": "Two papers in the field.",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verdict_expertise": ""}, "This field is required."),
        ({"recommendation": "DECLINED"}, "Choose the reason why you recommend to decline."),
        ({"recommendation": "APPROVED_WITH_CONDITIONS"}, "Write which conditions you recommend."),
        ({"recommendation": "CHANGES_REQUESTED"}, "Select a valid choice."),
        ({"comment": " "}, "This field is required."),
    ],
)
def test_an_incomplete_review_comes_back_with_what_was_typed(desk, rita, paula, changes, sentence):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)

    page = desk.act("give_review", application, **review_form(**changes))

    assert page.status_code == 200
    assert sentence in text(page)
    assert "Two papers in the field." in text(page)
    assert not Review.objects.about(application).filter(status=ReviewStatus.GIVEN).exists()


def test_who_has_no_review_is_not_offered_the_form(oscars_desk, rita, paula):
    application = make_application(paula, status=S.IN_REVIEW, reviewer=rita)
    Review.objects.about(application).filter(reviewer=oscars_desk.user).delete()

    page = oscars_desk.act("give_review", application, **review_form(comment="I typed this."))

    assert page.status_code == 403
    assert "I typed this." in text(page)


def test_a_review_that_nobody_was_there_for_can_be_taken(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=rita)
    Review.objects.about(application).delete()

    assert "take_review" in offered(desk, application)
    desk.act("take_review", application)

    assert Review.objects.about(application).get().reviewer == rita
    assert "take_review" not in offered(desk, application)


def people_form(application, **answers):
    """What the form says of each listed person, by the beginning of their address."""
    people = {each.email.split("@")[0]: each for each in application.collaborators.all()}
    return {f"person_{people[name].pk.hex}": answer for name, answer in answers.items()}


def test_each_listed_person_is_decided_by_name(desk, rita, paula, carl):
    application = make_application(
        paula,
        status=S.CONSOLIDATING,
        reviewer=rita,
        collaborators=["carl@uva.nl", "dana@ethz.ch"],
    )

    undecided = desk.act("approve", application, **people_form(application, carl="CLEARED"))
    people = people_form(application, carl="CLEARED", dana="INCOMPLETE")
    page = desk.act("approve", application, follow=True, **people)

    assert "Please look at these points" in text(undecided)
    assert "The application is approved" in text(page)
    application.refresh_from_db()
    seats = application.organization.memberships.filter(seat__gt=0)
    assert [seat.email for seat in seats] == ["carl@uva.nl"]


def test_only_people_who_clearly_work_at_the_institution_are_let_in_at_first(desk, rita, paula):
    application = make_draft(paula)
    list_collaborator(application, "carl@student.uva.nl", name="Carl")
    list_collaborator(application, "else@uva.nl", name="Else", works_elsewhere=True)
    list_collaborator(application, "dana@ethz.ch", name="Dana")
    list_collaborator(application, "gina@gmail.com", name="Gina")
    actions.submit_application(application, by=paula)
    begin_reviews(application, rita)
    for review in Review.objects.about(application):
        give(application, review.reviewer, Outcome.APPROVED)

    page = desk.get("application", application)

    (approve,) = (offer for offer in page.context["offers"] if offer.act.key == "approve")
    assert [field.initial for field in approve.form.people_fields()] == ["CLEARED", "", "", ""]
    assert "Works at another institution, says the applicant." in text(page)
    assert "The address does not show the same institution." in text(page)


def test_an_approval_may_carry_conditions_and_less_than_the_programme_gives(desk, rita, paula):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)

    desk.act(
        "approve",
        application,
        conditions="Ethics approval first.",
        research_requests_limit="500",
        regions="nl, DE",
        tables="videos",
    )

    decision = Decision.objects.about(application).latest("id")
    assert decision.outcome == Outcome.APPROVED_WITH_CONDITIONS
    assert decision.conditions == "Ethics approval first."
    assert decision.scope["research_requests_limit"] == 500
    assert decision.scope["regions"] == ["DE", "NL"]
    assert decision.scope["tables"] == ["videos"]


@pytest.mark.parametrize(
    "scope",
    [{"research_requests_limit": "1001"}, {"tables": "nonsense"}, {"regions": "ATLANTIS"}],
)
def test_a_scope_that_does_not_fit_is_refused_beside_its_field(desk, rita, paula, scope):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)

    page = desk.act("approve", application, comment="Welcome in.", **scope)

    assert page.status_code in (200, 409)
    assert "Welcome in." in text(page)
    assert status_of(application) == S.CONSOLIDATING


def test_the_letter_is_read_before_anything_is_decided(desk, rita, paula):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    sent = {
        "approve-version": 1,
        "approve-comment": "A clear design.",
        "approve-conditions": "Ethics approval first.",
        "preview": "yes",
    }

    page = desk.client.post(url("approve", application), sent)

    assert "Your application is approved with conditions" in text(page)
    assert "Nothing was sent yet" in text(page)
    assert text(page).count("A clear design.") == 2
    assert status_of(application) == S.CONSOLIDATING


def test_the_letter_of_a_proposed_refusal_can_be_read(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)
    sent = {f"propose_refusal-{key}": value for key, value in REFUSAL.items()}

    page = desk.client.post(
        url("propose_refusal", application),
        {**sent, "propose_refusal-version": 1, "preview": "yes"},
    )

    assert "Your application was not approved" in text(page)
    assert status_of(application) == S.SUBMITTED


def test_a_review_is_kept_for_later_as_it_is(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)
    half = {"give_review-comment": "Half a thought.", "give_review-verdict_expertise": "MET"}

    kept = desk.client.post(url("give_review", application), {**half, "later": "yes"}, follow=True)

    assert "Your review is kept; it is not given yet." in text(kept)
    review = Review.objects.about(application).get(reviewer=rita)
    assert (review.status, review.comment) == (ReviewStatus.ASSIGNED, "Half a thought.")
    (offer,) = (each for each in kept.context["offers"] if each.act.key == "give_review")
    assert offer.form["comment"].value() == "Half a thought."
    assert offer.form["verdict_expertise"].value() == "MET"


def test_nobody_keeps_a_review_that_is_not_theirs(desk, paula, rita):
    application = make_application(paula, status=S.SUBMITTED)

    page = desk.client.post(
        url("give_review", application), {"give_review-comment": "Mine.", "later": "yes"}
    )

    assert page.status_code == 409
    assert "Mine." in text(page)


def test_opening_a_file_with_a_review_to_give_is_noted(desk, rita, paula):
    application = make_application(paula, status=S.SUBMITTED)
    begin_reviews(application, rita)

    desk.get("application", application)

    assert Review.objects.about(application).get(reviewer=rita).touched_at is not None


def test_an_appeal_is_shown_and_offered_to_those_who_look_again(oscars_desk, oscar, paula):
    application = make_application(paula, status=S.DECLINED)
    actions.appeal_application(application, text="You misread the design.", by=paula)
    Review.objects.about(application).filter(is_appeal=True).delete()
    actions.take_review(application, by=oscar)

    page = oscars_desk.get("application", application)

    assert "You misread the design." in text(page)
    assert "give_review" in {offer.act.key for offer in page.context["offers"]}


def test_a_reviewer_asks_for_changes(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = desk.act("request_changes", application, follow=True, comment="Which parties?")

    assert "The applicant was asked for changes." in text(page)
    assert status_of(application) == S.CHANGES_REQUESTED


def test_a_reviewer_declines_with_a_reason(desk, rita, paula):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED
    )

    desk.act("decline", application, **REFUSAL)

    decision = Decision.objects.about(application).get(outcome=Outcome.DECLINED)
    assert (decision.reason, decision.comment) == ("COMMERCIAL_USE", "It is commercial.")


@pytest.mark.parametrize(
    ("act", "status", "given"),
    [
        ("request_changes", S.SUBMITTED, {"comment": " "}),
        ("propose_refusal", S.SUBMITTED, {**REFUSAL, "comment": ""}),
        ("decline", S.CONSOLIDATING, {**REFUSAL, "reason": ""}),
        ("decline", S.CONSOLIDATING, {**REFUSAL, "reason": "MEETS_CRITERIA"}),
        ("decline", S.CONSOLIDATING, {**REFUSAL, "comment": ""}),
        ("approve", S.CONSOLIDATING, {"comment": "nul \x00"}),
        ("approve", S.CONSOLIDATING, {"ends_on": "no day"}),
    ],
)
def test_an_incomplete_act_comes_back_with_what_was_typed(desk, rita, paula, act, status, given):
    reviewer = rita if status == S.CONSOLIDATING else None
    application = make_application(
        paula, status=status, reviewer=reviewer, collaborators=["carl@uva.nl"]
    )

    page = desk.act(act, application, **given)

    assert page.status_code == 200
    assert "Please look at these points" in text(page)
    assert status_of(application) == status


def test_who_comes_second_hears_that_it_is_decided_and_keeps_what_was_typed(desk, rita, paula):
    application = make_application(paula, status=S.DECLINED, reviewer=rita)

    page = desk.act("approve", application, comment="Three paragraphs of praise.")

    assert page.status_code == 409
    assert "“Declined” now, by Rita Reyes on" in text(page)
    assert "What you had typed" in text(page)
    assert "Three paragraphs of praise." in text(page)


def test_a_tab_of_an_older_version_is_refused_and_what_was_typed_is_kept(desk, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    fill_in(application, {"summary": "Five parties."})
    actions.submit_application(application, by=paula)

    page = desk.act("request_changes", application, version=1, comment="Which parties?")

    assert "another version than the newest, which is version 2" in text(page)
    assert "Which parties?" in text(page)
    assert "<ins>Five parties.</ins>" in text(page)
    assert status_of(application) == S.SUBMITTED
    again = desk.act("request_changes", application, version=2, comment="Which parties?")
    assert again.status_code == 302


def test_the_form_that_came_back_holds_the_newest_version(desk, paula):
    application = make_application(paula, status=S.CHANGES_REQUESTED)
    actions.submit_application(application, by=paula)

    page = text(desk.act("request_changes", application, version=1, comment="Which parties?"))

    assert 'name="request_changes-version" value="2"' in page
    assert 'name="request_changes-version" value="1"' not in page


def test_one_click_without_the_version_does_nothing(desk, paula):
    application = make_application(paula, status=S.SUBMITTED)

    page = desk.client.post(url("pass_screening", application))

    assert page.status_code == 200
    assert "Nothing was done." in text(page)
    assert status_of(application) == S.SUBMITTED

"""Two reviewers judge without knowing each other's words; most of them decide."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from applications import actions
from applications.states import ApplicationStatus as S
from applications.verdicts import readable_reviews, standing_reviews
from audit.models import Entry
from lib.errors import NotAllowed, Refused
from lib.time import today
from outbox.models import Message
from reviews.actions import end_absence, set_absence
from reviews.models import Conflict, Outcome, Review
from reviews.states import ReviewStatus
from tests.factories.applications import all_met, fill_in, give, make_application, make_draft
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
FOR, AGAINST = Outcome.APPROVED, Outcome.DECLINED


@pytest.fixture
def house():
    """Six reviewers, who are asked in this order."""
    names = ["ann", "bea", "cem", "dov", "eva", "fay"]
    return {name: make_user(f"{name}@carrel.test", name=name, role=Role.REVIEWER) for name in names}


@pytest.fixture
def application(house, paula):
    """Ann leads it and reviews it with Bea."""
    application = make_application(paula, status=S.SUBMITTED)
    return actions.pass_screening(application, by=house["ann"])


def reviewers(application, **which):
    reviews = standing_reviews(application).filter(**which)
    return sorted(review.reviewer.name for review in reviews)


def status_of(application):
    application.refresh_from_db()
    return application.status


def test_the_least_busy_leads_and_the_least_busy_review(house, paula, olga):
    first = make_application(paula, status=S.SUBMITTED)
    second = make_application(olga, status=S.SUBMITTED)

    assert [first.owner.name, second.owner.name] == ["ann", "bea"]
    actions.pass_screening(first, by=house["ann"])
    assert reviewers(first) == ["ann", "cem"]
    assert Message.objects.filter(kind="application.to_screen").count() == 2
    assert Message.objects.filter(kind="application.to_review").count() == 2


def test_whoever_is_away_is_not_asked_until_they_are_back(house, paula, olga):
    absence = set_absence(house["ann"], first_date=today(), last_date=today(), by=house["ann"])
    assert make_application(paula, status=S.SUBMITTED).owner == house["bea"]

    end_absence(absence, by=house["ann"])

    assert make_application(olga, status=S.SUBMITTED).owner == house["ann"]


def test_a_review_is_read_by_others_only_when_all_are_in(house, application):
    give(application, house["ann"], FOR, comment="Ann's words")

    assert [row.comment for row in readable_reviews(application, house["ann"])] == ["Ann's words"]
    assert [row.comment for row in readable_reviews(application, house["bea"])] == [""]
    assert not readable_reviews(application, house["cem"]).exists()

    give(application, house["bea"], FOR, comment="Bea's words")

    assert status_of(application) == S.CONSOLIDATING
    for name in ("ann", "bea", "cem"):
        assert readable_reviews(application, house[name]).count() == 2
    assert not readable_reviews(application, application.applicant).exists()


def test_a_review_is_saved_unfinished_and_found_again(house, application):
    actions.save_review(
        application, by=house["bea"], comment="Half a", checklist={"expertise": {"remark": "?"}}
    )

    review = standing_reviews(application).get(reviewer=house["bea"])
    assert (review.status, review.comment) == (ReviewStatus.ASSIGNED, "Half a")
    assert review.touched_at is not None
    assert review.checklist == {"expertise": {"verdict": "", "remark": "?"}}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"recommendation": "MAYBE"}, "Choose what you recommend"),
        ({"comment": " "}, "Write why"),
        ({"comment": "x" * 10_001}, "at most 10000 letters"),
        ({"checklist": {}}, "Missing: Academic expertise"),
        ({"recommendation": AGAINST, "reason": "MEETS_CRITERIA"}, "Choose the reason"),
        ({"recommendation": Outcome.APPROVED_WITH_CONDITIONS, "conditions": ""}, "Name the cond"),
    ],
)
def test_an_incomplete_review_is_refused_with_what_is_missing(house, application, given, sentence):
    first = application.programme.criteria.first()
    sentence = sentence.replace("Academic expertise", first.text("title"))

    with pytest.raises(Refused, match=sentence):
        give(application, house["ann"], given.pop("recommendation", FOR), **given)


def test_with_and_without_conditions_count_together(house, application):
    give(application, house["ann"], FOR)
    give(application, house["bea"], Outcome.APPROVED_WITH_CONDITIONS)

    assert status_of(application) == S.CONSOLIDATING
    with pytest.raises(Refused, match="2 recommend to approve and 0 to decline"):
        actions.decline_application(
            application, by=house["ann"], reason="COMMERCIAL_USE", comment="No."
        )
    actions.approve_application(application, by=house["ann"], conditions="Public accounts only.")
    assert application.organization.conditions == "Public accounts only."


def test_a_split_asks_a_third_who_is_blind_too_and_settles_it(house, application):
    give(application, house["ann"], FOR)
    give(application, house["bea"], AGAINST)

    assert reviewers(application, is_tie_break=True) == ["cem"]
    assert status_of(application) == S.IN_REVIEW
    assert readable_reviews(application, house["cem"]).count() == 1

    give(application, house["cem"], AGAINST)

    assert status_of(application) == S.CONSOLIDATING
    with pytest.raises(Refused, match="1 recommend to approve and 2 to decline"):
        actions.approve_application(application, by=house["ann"])
    actions.decline_application(
        application, by=house["cem"], reason="COMMERCIAL_USE", comment="It sells."
    )
    assert status_of(application) == S.DECLINED


def test_operators_hear_once_that_no_third_is_free(paula, oscar):
    ann, bea = (make_user(f"{name}@carrel.test", role=Role.REVIEWER) for name in ("ann", "bea"))
    application = make_application(paula, status=S.SUBMITTED)
    actions.pass_screening(application, by=ann)
    give(application, ann, FOR)
    give(application, bea, AGAINST)

    told = Message.objects.filter(kind="application.too_few_reviewers", to=oscar.email)
    assert told.count() == 1

    actions.take_review(application, by=oscar)
    give(application, oscar, FOR)

    assert status_of(application) == S.CONSOLIDATING
    assert told.count() == 1


def test_operators_hear_on_the_same_day_that_reviewers_lack(paula, oscar):
    ann = make_user("ann@carrel.test", role=Role.REVIEWER)
    application = make_application(paula, status=S.SUBMITTED)

    actions.pass_screening(application, by=ann)

    assert "lacks 1" in Message.objects.get(kind="application.too_few_reviewers").body


def test_who_steps_back_hands_on_and_with_a_conflict_sees_nothing_more(house, application):
    actions.step_back(application, by=house["ann"], why="My co-author.", has_conflict=True)

    assert reviewers(application) == ["bea", "cem"]
    assert status_of(application) == S.IN_REVIEW
    assert application.owner != house["ann"]
    assert Conflict.objects.about(application).get().sentence == "My co-author."
    with pytest.raises(NotAllowed, match="without a tie"):
        actions.take_review(application, by=house["ann"])


def test_a_conflict_seen_late_takes_the_given_review_away(house, application):
    give(application, house["ann"], FOR)
    give(application, house["bea"], FOR)

    actions.step_back(application, by=house["bea"], why="We share a lab.", has_conflict=True)

    assert status_of(application) == S.IN_REVIEW
    assert reviewers(application) == ["ann", "cem"]


def test_a_conflict_has_to_be_explained(house, application):
    with pytest.raises(Refused, match="what ties you"):
        actions.step_back(application, by=house["ann"], has_conflict=True)


def test_changes_open_the_reviews_again_and_keep_what_was_said(house, application, paula):
    give(application, house["ann"], FOR, comment="First words")
    give(application, house["bea"], FOR)
    actions.request_changes(application, by=house["ann"], comment="Which parties?")
    fill_in(application, {"research_questions": "Which of five parties?"})

    actions.submit_application(application, by=paula)

    review = standing_reviews(application).get(reviewer=house["ann"])
    assert status_of(application) == S.IN_REVIEW
    assert (review.status, review.comment) == (ReviewStatus.ASSIGNED, "First words")
    assert review.earlier[0]["version"] == 1
    assert not readable_reviews(application, house["bea"]).filter(reviewer=house["ann"]).exists()


def test_a_review_is_reassigned_to_a_certain_person(house, application, oscar):
    review = standing_reviews(application).get(reviewer=house["bea"])

    actions.reassign_review(application, review, to=house["eva"], by=oscar, why="Ill.")

    assert reviewers(application) == ["ann", "eva"]
    review.refresh_from_db()
    assert review.status == ReviewStatus.HANDED_ON
    assert Message.objects.filter(kind="application.review_moved", to="bea@carrel.test").exists()


def test_an_operator_sets_a_given_review_aside_and_the_decision_waits(house, application, oscar):
    give(application, house["ann"], FOR)
    review = give(application, house["bea"], FOR)

    actions.reassign_review(application, review, by=oscar, why="Copied from Ann.")

    assert status_of(application) == S.IN_REVIEW
    assert reviewers(application) == ["ann", "cem"]


@pytest.mark.parametrize("who", ["ann", "fay"])
def test_a_reviewer_is_assigned_only_where_one_lacks(house, application, oscar, who):
    with pytest.raises(Refused):
        actions.assign_reviewer(application, to=house[who], by=oscar)


def test_whoever_proposed_a_refusal_does_not_review_it(house, paula):
    application = make_application(paula, status=S.SUBMITTED)
    actions.propose_refusal(application, by=house["ann"], reason="INCOMPLETE", comment="Thin.")

    actions.object_to_refusal(application, by=house["bea"])

    assert reviewers(application) == ["bea", "cem"]
    with pytest.raises(NotAllowed, match="had a part in this before"):
        actions.take_review(application, by=house["ann"])
    assert not Message.objects.filter(kind="application.declined").exists()


def test_a_reviewer_from_outside_sees_one_file_until_it_is_decided(
    house, application, oscar, olga, carl
):
    other = make_application(carl, status=S.SUBMITTED)

    actions.invite_external_reviewer(application, email="Olga@ethz.ch", by=oscar)

    mine = type(application).objects.reviewable_by(olga)
    assert list(mine) == [application]
    assert other not in mine
    give(application, house["ann"], FOR)
    give(application, house["bea"], FOR)
    give(application, olga, FOR, comment="From outside")
    assert readable_reviews(application, olga).count() == 1
    assert status_of(application) == S.CONSOLIDATING
    actions.approve_application(application, by=house["ann"])
    assert not mine.all().exists()


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("unknown@ethz.ch", "Nobody has an account"),
        ("paula@uva.nl", "has a tie"),
        ("carl@uva.nl", "has a tie"),
    ],
)
def test_a_stranger_and_a_colleague_are_not_invited(
    house, application, oscar, carl, email, sentence
):
    with pytest.raises(Refused, match=sentence):
        actions.invite_external_reviewer(application, email=email, by=oscar)


def test_withdrawing_ends_the_reviews_under_way(house, application, paula):
    actions.withdraw_application(application, by=paula)

    assert not Review.objects.filter(status=ReviewStatus.ASSIGNED).exists()


def test_submitting_costs_as_much_with_many_people_as_with_few(
    house, paula, carl, django_assert_max_num_queries
):
    actions.submit_application(make_draft(carl), by=carl)
    pia = make_user("pia@uva.nl")
    first, second = make_draft(paula), make_draft(pia)
    with CaptureQueriesContext(connection) as with_few:
        actions.submit_application(first, by=paula)
    for number in range(20):
        make_user(f"many{number}@carrel.test", role=Role.REVIEWER)

    with django_assert_max_num_queries(len(with_few)):
        actions.submit_application(second, by=pia)


def test_every_step_of_a_review_is_on_record(house, application):
    give(application, house["ann"], FOR)

    events = set(Entry.objects.values_list("event", flat=True))
    assert {"review.assigned", "review.given", "application.owner_named"} <= events
    assert all_met(application)

"""Who may not judge which application, and why: found, written down, closed everywhere."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from applications import actions
from applications.conflicts import find_ties, is_tied_now, note_conflicts
from applications.conflicts.coauthors import names_author
from applications.models import Application
from applications.permissions import can_judge
from applications.tasks import find_conflicts
from audit.models import Entry
from institutions.models import Institution
from lib.errors import NotAllowed, Refused
from organizations import actions as leading
from reviews.models import Conflict, ConflictKind, Declaration, Review
from reviews.states import ReviewStatus
from tests.factories.applications import (
    S,
    begin_reviews,
    institution_named,
    make_application,
)
from tests.factories.organizations import make_member, make_organization
from tests.factories.people import make_user

K = ConflictKind


def reviewer(email, name="Nina Neutral"):
    return make_user(email, name=name, role=Role.REVIEWER)


def kinds(application, person):
    rows = Conflict.objects.standing().about(application).filter(person=person)
    return {row.kind for row in rows}


def verify(user, email, *, verified=True):
    EmailAddress.objects.create(user=user, email=email, verified=verified)


def submitted(paula, **given):
    return make_application(paula, status=S.SUBMITTED, **given)


def is_closed(application, person):
    seen = Application.objects.reviewable_by(person)
    return not seen.filter(pk=application.pk).exists() and not can_judge(application, person)


def test_a_reviewer_without_any_tie_is_free(paula, rita):
    application = submitted(paula)

    assert kinds(application, rita) == set()
    assert can_judge(application, rita)


def test_a_reviewer_at_the_applicants_institution_is_tied(paula):
    nina = reviewer("nina@ai.uva.nl")

    application = submitted(paula)

    assert kinds(application, nina) == {K.SAME_INSTITUTION}
    assert is_closed(application, nina)
    sentence = Conflict.objects.get(person=nina).sentence
    assert "ai.uva.nl" in sentence
    assert "University of Amsterdam" in sentence


def test_the_domain_of_a_part_with_an_entry_of_its_own_is_not_the_institution(paula):
    Institution.objects.create(
        name="Academic Hospital",
        source="OWN",
        country="NL",
        kinds=["healthcare"],
        domains=["hospital.uva.nl"],
    )
    nina = reviewer("nina@hospital.uva.nl")

    assert kinds(submitted(paula), nina) == set()


def test_a_reviewer_at_a_parent_of_the_institution_is_not_tied(paula):
    part = Institution.objects.create(
        name="Part", source="OWN", country="NL", kinds=["education"], domains=["part.uva.nl"]
    )
    applicant = make_user("ann@elsewhere-entirely.org")
    nina = reviewer("nina@uva.nl")

    application = submitted(applicant, institution=str(part.pk))

    assert kinds(application, nina) == set()


def test_only_a_verified_address_tells_where_somebody_works(paula, rita):
    verify(rita, "rita@uva.nl", verified=False)

    assert kinds(submitted(paula), rita) == set()


def test_an_address_at_the_domain_of_a_listed_person_ties(paula):
    nina = reviewer("nina@small-institute.org")

    application = submitted(paula, collaborators=["dora@small-institute.org"])

    assert kinds(application, nina) == {K.SAME_DOMAIN}


def test_the_domain_of_a_free_provider_ties_nobody(paula):
    nina = reviewer("nina@gmail.com")

    assert kinds(submitted(paula, collaborators=["dora@gmail.com"]), nina) == set()


@pytest.mark.parametrize("is_verified", [True, False])
def test_whoever_is_listed_takes_part_by_any_address(paula, rita, is_verified):
    verify(rita, "rita.at.home@example.org", verified=is_verified)

    application = submitted(paula, collaborators=["rita.at.home@example.org"])

    assert K.PART in kinds(application, rita)


def test_the_applicant_never_judges_their_own(rita):
    application = submitted(rita)

    assert K.PART in kinds(application, rita)
    assert is_closed(application, rita)


def test_members_of_one_lab_do_not_judge_each_other(paula, rita):
    lab = make_organization(paula, name="Prins Lab")
    make_member(lab, rita)

    application = submitted(paula)

    assert kinds(application, rita) == {K.SAME_LAB}
    assert "Prins Lab" in Conflict.objects.get(person=rita, kind=K.SAME_LAB).sentence


def test_a_listed_person_and_a_reviewer_of_one_lab_are_tied(paula, olga, rita):
    make_member(make_organization(olga), rita)

    assert kinds(submitted(paula, collaborators=["olga@ethz.ch"]), rita) == {K.SAME_LAB}


@pytest.mark.parametrize(("days", "expected"), [(700, {K.SAME_LAB}), (740, set())])
def test_a_lab_counts_for_two_years_after_somebody_left(paula, rita, move_clock, days, expected):
    membership = make_member(make_organization(paula), rita)
    leading.remove_membership(membership, by=paula)
    move_clock(dt.timedelta(days=days))

    assert kinds(submitted(paula), rita) == expected


def test_a_pending_application_together_ties(paula, olga, rita):
    submitted(olga, collaborators=["paula@uva.nl", "rita@carrel.test"])

    assert kinds(submitted(paula), rita) == {K.JOINT_APPLICATION}


def test_a_draft_that_names_a_reviewer_knocks_nobody_out(paula, olga, rita):
    make_application(olga, collaborators=["paula@uva.nl", "rita@carrel.test"])

    assert kinds(submitted(paula), rita) == set()


def test_a_withdrawn_joint_application_does_not_count(paula, olga, rita):
    joint = submitted(olga, collaborators=["paula@uva.nl", "rita@carrel.test"])
    actions.withdraw_application(joint, by=olga)

    assert kinds(submitted(paula), rita) == set()


def test_a_coauthor_is_tied_and_reads_that_only_the_name_says_so(paula, rita):
    application = submitted(paula, publications="Prins, P. & Réyes, R. (2025). On videos.")

    assert kinds(application, rita) == {K.COAUTHOR}
    assert "name like yours" in Conflict.objects.get(person=rita).sentence


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Reyes, R. (2025)", "Rita Reyes", True),
        ("R. Reyes and P. Prins", "Rita Reyes", True),
        ("Rita M. Reyes", "Rita Reyes", True),
        ("Reyes RM, Prins P", "Rita Reyes", False),
        ("José Núñez", "Jose Nunez", True),
        ("Vincent van der Berg", "Vincent van der Berg", True),
        ("Berg, V. van der", "Vincent van der Berg", True),
        ("The Reyes effect", "Rita Reyes", False),
        ("T. Reyes (2025)", "Rita Reyes", False),
        ("Reyesian priors, R.", "Rita Reyes", False),
        ("R. Reyes", "Reyes", False),
        ("", "Rita Reyes", False),
        ("R. Reyes", "", False),
        ("王 小明", "王 小明", True),
    ],
)
def test_a_name_among_authors(text, name, expected):
    assert names_author(text, name) is expected


def test_an_operator_lifts_a_computed_tie_with_a_reason_that_stays(paula, rita, oscar):
    application = submitted(paula, publications="R. Reyes (2025).")
    conflict = Conflict.objects.get(person=rita)
    with pytest.raises(Refused, match="Write why"):
        actions.lift_conflict(conflict, by=oscar, reason=" ")

    actions.lift_conflict(conflict, by=oscar, reason="Another Reyes.")
    note_conflicts([application])

    assert can_judge(application, rita)
    assert Entry.objects.get(event="conflict.lifted").actor_id == oscar.pk
    with pytest.raises(Refused, match="already"):
        actions.lift_conflict(conflict, by=oscar, reason="Again.")


def test_nobody_lifts_their_own_nor_what_was_declared_nor_a_part(paula, rita, oscar):
    application = submitted(paula, collaborators=["rita@carrel.test"], publications="O. Ohm.")
    own = Conflict.objects.get(person=oscar, kind=K.COAUTHOR)
    part = Conflict.objects.get(kind=K.PART, person=rita)
    other = submitted(make_user("anna@leiden.test"))
    actions.declare_tie_to_file(other, by=rita, sentence="We were married.")
    declared = Conflict.objects.get(person=rita, kind=K.DECLARED)

    for conflict, by in [(own, oscar), (part, oscar), (declared, oscar), (own, rita)]:
        with pytest.raises(NotAllowed):
            actions.lift_conflict(conflict, by=by, reason="Because.")
    assert is_closed(application, rita)
    assert is_closed(other, rita)


def test_a_reviewer_may_object_to_their_own_conflict_only(paula, rita, oscar):
    submitted(paula, publications="R. Reyes (2025).")
    conflict = Conflict.objects.get(person=rita)

    with pytest.raises(NotAllowed):
        actions.object_to_conflict(conflict, by=oscar, objection="No.")
    with pytest.raises(Refused, match="Say why"):
        actions.object_to_conflict(conflict, by=rita, objection="")
    actions.object_to_conflict(conflict, by=rita, objection="I never wrote with them.")

    conflict.refresh_from_db()
    assert conflict.objection == "I never wrote with them."
    assert conflict.lifted_at is None


def test_a_declared_tie_to_a_file_closes_it_and_hands_the_review_on(paula, rita):
    application = submitted(paula)
    begin_reviews(application, rita)
    spare = reviewer("spare@carrel.test")

    actions.declare_tie_to_file(application, by=rita, sentence="We were married.")

    assert is_closed(application, rita)
    mine = Review.objects.about(application).get(reviewer=rita)
    assert mine.status == ReviewStatus.HANDED_ON
    assert Review.objects.about(application).filter(reviewer=spare).exists()


def test_a_declared_tie_to_a_person_or_a_place_covers_later_applications(paula, rita, olga):
    early = submitted(paula)
    actions.declare_tie(by=rita, email=" Paula@UvA.nl ", sentence="My sister.")
    zurich = institution_named("ETH Zurich")
    actions.declare_tie(by=rita, institution=zurich, sentence="I consult for them.")

    late = submitted(olga, institution=str(zurich.pk))

    assert kinds(early, rita) == {K.DECLARED}
    assert kinds(late, rita) == {K.DECLARED}
    assert Conflict.objects.get(subject_id=early.pk).sentence == "You declared: My sister."


def test_a_declaration_names_one_thing_and_says_what_it_is(rita, olga):
    with pytest.raises(Refused, match="Name either"):
        actions.declare_tie(by=rita, sentence="A tie.")
    with pytest.raises(Refused, match="few words"):
        actions.declare_tie(by=rita, email="paula@uva.nl", sentence="  ")
    with pytest.raises(NotAllowed):
        actions.declare_tie(by=olga, email="paula@uva.nl", sentence="A tie.")


def test_a_declaration_stands_until_an_operator_consents(paula, rita, oscar):
    application = submitted(paula)
    declaration = actions.declare_tie(by=rita, email="paula@uva.nl", sentence="My sister.")
    with pytest.raises(Refused, match="has not asked"):
        actions.end_declaration(declaration, by=oscar)

    actions.ask_back(declaration, by=rita)
    assert is_closed(application, rita)
    for by in (rita, reviewer("other@carrel.test")):
        with pytest.raises(NotAllowed):
            actions.end_declaration(declaration, by=by)
    actions.end_declaration(declaration, by=oscar)

    assert can_judge(application, rita)
    assert Declaration.objects.standing().count() == 0


def test_taking_one_declaration_back_leaves_what_another_covers(paula, rita, oscar):
    application = submitted(paula)
    first = actions.declare_tie(by=rita, email="paula@uva.nl", sentence="My sister.")
    place = institution_named("University of Amsterdam")
    actions.declare_tie(by=rita, institution=place, sentence="I teach there.")

    actions.end_declaration(actions.ask_back(first, by=rita), by=oscar)

    assert is_closed(application, rita)


def test_what_was_taken_back_can_be_declared_again(paula, rita, oscar):
    application = submitted(paula)
    first = actions.declare_tie(by=rita, email="paula@uva.nl", sentence="My sister.")
    actions.end_declaration(actions.ask_back(first, by=rita), by=oscar)

    actions.declare_tie(by=rita, email="paula@uva.nl", sentence="My sister after all.")

    assert is_closed(application, rita)


def test_an_operator_does_not_consent_to_their_own(paula, oscar):
    declaration = actions.declare_tie(by=oscar, email="paula@uva.nl", sentence="My sister.")

    with pytest.raises(NotAllowed, match="another operator"):
        actions.end_declaration(actions.ask_back(declaration, by=oscar), by=oscar)


def test_a_tie_that_arose_a_moment_ago_stops_a_decision(paula, rita):
    """The control is the same call before the tie."""
    application = submitted(paula)
    assert can_judge(application, rita)
    verify(rita, "rita@uva.nl")

    with pytest.raises(NotAllowed, match="without a tie"):
        actions.pass_screening(application, by=rita)

    application.refresh_from_db()
    assert application.status == S.SUBMITTED


def test_the_sweep_writes_down_what_arose_and_hands_on_the_lead(paula, rita):
    application = submitted(paula)
    begin_reviews(application, rita)
    Application.objects.filter(pk=application.pk).update(owner=rita)
    verify(rita, "rita@uva.nl")

    find_conflicts()

    assert K.SAME_INSTITUTION in kinds(application, rita)
    application.refresh_from_db()
    assert application.owner != rita
    assert not Review.objects.about(application).filter(reviewer=rita, status=ReviewStatus.ASSIGNED)


def test_a_review_given_by_somebody_who_turns_out_tied_does_not_count(paula, rita):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    verify(rita, "rita@uva.nl")

    find_conflicts()

    application.refresh_from_db()
    assert application.status == S.IN_REVIEW
    assert Review.objects.get(reviewer=rita).status == ReviewStatus.HANDED_ON


def test_hiding_a_tie_afterwards_opens_nothing(paula, rita):
    verify(rita, "rita@uva.nl")
    application = submitted(paula)
    EmailAddress.objects.filter(user=rita, email="rita@uva.nl").delete()

    find_conflicts()

    assert is_closed(application, rita)


def test_nobody_with_a_tie_is_asked_to_review(paula):
    tied, free = reviewer("a@uva.nl"), [reviewer("b@carrel.test"), reviewer("c@carrel.test")]
    application = submitted(paula)
    actions.pass_screening(application, by=application.owner)

    asked = {row.reviewer for row in Review.objects.about(application)}

    assert tied not in asked
    assert asked == set(free)


def test_each_new_conflict_is_on_record_once(paula):
    reviewer("nina@uva.nl")
    application = submitted(paula)
    count = Entry.objects.filter(event="conflict.found").count()

    note_conflicts([application])

    assert count == Entry.objects.filter(event="conflict.found").count() == Conflict.objects.count()


@pytest.mark.parametrize("count", [1, 12])
def test_finding_is_one_statement_however_many_reviewers_and_files(paula, olga, count):
    people = [reviewer(f"r{number}@uva.nl").pk for number in range(count)]
    files = [submitted(paula), submitted(olga)]
    files = list(Application.objects.filter(pk__in=[each.pk for each in files]))
    Conflict.objects.all().delete()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        ties = find_ties(list(Application.objects.select_related("institution")), people=people)

    assert len([tie for tie in ties if tie.kind == K.SAME_INSTITUTION]) >= count
    assert len(queries) == 2  # the applications, the ties


def test_the_live_look_is_about_one_person(paula, rita):
    application = submitted(paula)
    reviewer("late@uva.nl")

    assert not is_tied_now(application, rita)
    assert is_tied_now(application, User.objects.get(email="late@uva.nl"))

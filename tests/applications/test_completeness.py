"""What keeps an application from being submitted, and what is no hindrance."""

import datetime as dt

import pytest

from applications import actions
from applications.completeness import missing_in
from applications.models import form_of
from applications.questions import Kind, form_from
from applications.questions.builtin import BUILTIN
from applications.states import ApplicationStatus as S
from lib.errors import Refused
from lib.time import today
from programmes.models import Programme, Terms
from tests.factories.applications import complete_answers, list_collaborator, make_draft

FORM = form_from(BUILTIN, 1)
TYPED = [question for question in FORM.questions if question.kind.has_field]
ALWAYS_REQUIRED = [q for q in TYPED if q.is_required and not q.shown_if]
# The name of an institution is asked for by the question for the institution itself.
CONDITIONAL = [q for q in TYPED if q.is_required and q.shown_if and q.key != "institution_name"]


def keys_missing(application):
    return [missing.question_key for missing in missing_in(application)]


def test_a_complete_draft_misses_nothing(paula):
    assert keys_missing(make_draft(paula)) == []


def test_a_new_draft_misses_every_required_question(paula):
    application = actions.start_application(Programme.objects.default(), by=paula)

    wanted = {question.key for question in ALWAYS_REQUIRED} - {"full_name", "institution"}
    assert wanted <= set(keys_missing(application))


@pytest.mark.parametrize("question", ALWAYS_REQUIRED, ids=lambda question: question.key)
def test_each_required_question_is_asked_for_and_refuses_the_submission(paula, question):
    empty = [] if question.kind is Kind.MULTICHOICE else ""
    application = make_draft(paula, **{question.key: empty})

    assert question.key in keys_missing(application)
    with pytest.raises(Refused, match="not complete yet"):
        actions.submit_application(application, by=paula)
    application.refresh_from_db()
    assert application.status == S.DRAFT
    assert application.versions.count() == 0


@pytest.mark.parametrize("question", CONDITIONAL, ids=lambda question: question.key)
def test_a_conditional_question_is_asked_for_only_when_it_is_called_for(paula, question):
    application = make_draft(paula)
    assert question.key not in keys_missing(application)

    call_for(question, application.answers)

    assert question.key in keys_missing(application)


def call_for(question, answers):
    """Give the answers that call for a question, and for those that it hangs on."""
    for condition in question.shown_if:
        asked = FORM.question(condition.key)
        call_for(asked, answers)
        outside = condition.answer == "@outside"
        value = "BR" if outside else condition.answer
        answers[condition.key] = [value] if asked.kind is Kind.MULTICHOICE else value
        if condition.key == "institution":
            answers["institution_name"] = "Begun"


def test_publications_are_optional(paula):
    assert keys_missing(make_draft(paula, publications="")) == []


@pytest.mark.parametrize(
    ("start", "days", "key", "sentence"),
    [
        (30, 731, "access_days", "at most 730 days"),
        (731, 30, "starts_on", "too far ahead"),
    ],
)
def test_a_period_that_cannot_be_given_is_named(paula, start, days, key, sentence):
    first = today() + dt.timedelta(days=start)
    application = make_draft(paula, starts_on=first.isoformat(), access_days=days)

    (missing,) = missing_in(application)

    assert missing.question_key == key
    assert sentence in missing.sentence


def test_an_earliest_start_that_has_passed_is_none_the_less_a_start(paula):
    application = make_draft(paula, starts_on="2020-01-01", access_days=730)

    assert keys_missing(application) == []


def test_a_far_year_is_refused_without_an_error(paula):
    application = make_draft(paula, starts_on="9999-12-30", access_days=36_500)

    assert keys_missing(application) == ["starts_on"]


def test_new_terms_have_to_be_accepted_again(paula):
    application = make_draft(paula)
    Terms.objects.create(programme=application.programme, version=2, body={"en": "New."})

    assert len(keys_missing(application)) == 3
    actions.save_section(
        application,
        section=form_of(application).section("terms"),
        answers={"terms_accepted": True, "compliance_certified": True, "security_accepted": True},
        by=paula,
    )

    assert keys_missing(application) == []
    assert application.answers["terms_accepted"] == 2


def test_a_lab_has_at_most_nine_collaborators(paula):
    application = make_draft(paula)
    for number in range(9):
        list_collaborator(application, f"c{number}@uva.nl")

    with pytest.raises(Refused, match="at most 9 collaborators"):
        list_collaborator(application, "c10@uva.nl")


def test_a_smaller_policy_asks_to_shorten_a_list_that_was_longer(paula):
    application = make_draft(paula, collaborators=["a@uva.nl", "b@uva.nl"])
    application.programme.collaborators_limit = 1
    application.programme.save()

    (missing,) = missing_in(application)

    assert "remove 1" in missing.sentence


@pytest.mark.parametrize("email", ["paula@uva.nl", "PAULA@uva.nl", "paula@home.test"])
def test_the_principal_researcher_is_no_collaborator(paula, email):
    paula.emailaddress_set.create(email="paula@home.test", verified=True)
    application = make_draft(paula)

    with pytest.raises(Refused, match="You lead the lab yourself"):
        list_collaborator(application, email)


def test_nobody_is_listed_twice(paula):
    application = make_draft(paula, collaborators=["carl@uva.nl"])

    with pytest.raises(Refused, match="in the list already"):
        list_collaborator(application, "Carl@UvA.nl")


def test_a_submitted_list_of_people_cannot_be_changed(paula):
    application = make_draft(paula, collaborators=["carl@uva.nl"])
    actions.submit_application(application, by=paula)

    with pytest.raises(Refused, match="cannot be edited"):
        list_collaborator(application, "dana@uva.nl")
    with pytest.raises(Refused, match="cannot be edited"):
        actions.remove_collaborator(application.collaborators.get(), by=paula)


def test_a_second_draft_beside_the_first_is_refused(paula):
    make_draft(paula)

    with pytest.raises(Refused, match="You have a draft already"):
        actions.start_application(Programme.objects.default(), by=paula)


def test_nobody_starts_or_hands_in_while_the_intake_is_closed(paula, carl):
    application = make_draft(paula)
    Programme.objects.update(intake_is_open=False)

    with pytest.raises(Refused, match="closed at present"):
        actions.start_application(Programme.objects.default(), by=carl)
    application.programme.refresh_from_db()
    with pytest.raises(Refused, match="closed at present"):
        actions.submit_application(application, by=paula)


def test_all_sections_are_walked_by_the_factory(paula):
    assert {question.key for question in ALWAYS_REQUIRED} <= set(complete_answers())


def test_an_unknown_institution_is_asked_for_in_one_sentence(paula):
    application = make_draft(paula, institution="")

    (missing,) = missing_in(application)

    assert missing.question_key == "institution"
    assert "describe it" in missing.sentence


def test_the_institution_of_the_address_is_suggested(paula):
    application = actions.start_application(Programme.objects.default(), by=paula)

    assert application.institution.name == "University of Amsterdam"
    assert application.answers["institution"] == str(application.institution.pk)

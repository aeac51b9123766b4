"""The form as versioned data: what is published stays, and every answer keeps its version."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from applications import actions
from applications.completeness import missing_in
from applications.models import FormVersion, form_of, form_of_version
from applications.questions import (
    Condition,
    FileRules,
    Kind,
    Question,
    from_json,
    in_english,
    to_json,
)
from applications.questions.builtin import BUILTIN, NEEDED
from applications.questions.changing import differences, free_key
from applications.questions.checking import faults_of
from applications.reading import changes_since_last_version, no_longer_asked, read_version
from applications.states import ApplicationStatus as S
from applications.tabs import page_of
from audit.models import Entry
from lib.errors import Refused
from programmes.models import Programme
from tests.factories.applications import fill_in, make_application, make_draft
from tests.factories.files import attach, pdf

LANGUAGES = Question("languages", in_english("Which languages do you read?"), limit=20)


@pytest.fixture
def programme(db):
    return Programme.objects.default()


def publish(programme, by, *, reason="More is asked."):
    draft = FormVersion.objects.get(programme=programme, published_at__isnull=True)
    return actions.publish_form(programme, reason=reason, revision=draft.revision, by=by)


def add(programme, by, question=LANGUAGES, section="expertise"):
    actions.put_question(programme, question=question, section_key=section, by=by)
    return publish(programme, by)


def retire(programme, by, key):
    actions.switch_question(programme, key=key, is_on=False, by=by)
    return publish(programme, by)


def keys_missing(application):
    return [missing.question_key for missing in missing_in(application)]


def test_the_built_in_form_is_a_form_without_fault():
    assert faults_of(BUILTIN, BUILTIN) == []
    assert from_json(to_json(BUILTIN)) == BUILTIN
    assert {question.key for question in BUILTIN.questions if question.is_on} >= NEEDED


def test_the_built_in_form_holds_every_question_of_the_model_form():
    codes = [question.code for question in BUILTIN.questions if question.code]

    assert sorted(codes, key=lambda code: int(code[1:])) == [f"T{n}" for n in range(1, 48)]


@pytest.mark.parametrize(
    ("key", "limit"),
    [
        ("full_name", 50),
        ("profile_url", 100),
        ("institution_name", 100),
        ("expertise", 50),
        ("team_name", 50),
        ("publications", 1000),
        ("summary", 1000),
        ("design", 1000),
        ("period_reason", 1000),
        ("security_plan", 1000),
    ],
)
def test_limits_are_those_of_the_model_form(key, limit):
    assert BUILTIN.question(key).limit == limit


def test_one_letter_or_five_files_are_taken():
    letter, ethics = (BUILTIN.question(key).file_rules for key in ("advisor_letter", "ethics_us"))

    assert letter == FileRules(("pdf",), 1, 5 * 1024 * 1024)
    assert (ethics.count, ethics.size_bytes) == (5, 5 * 1024 * 1024)
    assert set(ethics.extensions) == {"mov", "mp4", "jpeg", "jpg", "png", "txt", "pdf"}


def test_every_programme_starts_with_the_built_in_form(programme, paula):
    application = actions.start_application(programme, by=paula)

    assert application.form.number == 1
    assert application.form.content == BUILTIN
    assert application.form.published_by is None


@pytest.mark.parametrize(
    "change",
    [
        lambda form: FormVersion.objects.filter(pk=form.pk).update(number=9),
        lambda form: FormVersion.objects.filter(pk=form.pk).delete(),
    ],
)
def test_the_database_keeps_a_published_form(programme, change):
    form = FormVersion.objects.in_force(programme)

    with pytest.raises(DatabaseError, match="published form"), transaction.atomic():
        change(form)

    assert FormVersion.objects.get(pk=form.pk).number == 1


def test_a_new_question_is_asked_of_a_draft_when_it_is_opened(client, programme, paula, oscar):
    application = make_draft(paula)
    assert keys_missing(application) == []

    add(programme, oscar)
    client.force_login(paula)
    page = client.get(application.get_absolute_url()).content.decode()

    assert "Answer “Which languages do you read?”." in page
    application.refresh_from_db()
    assert application.form.number == 2


def test_every_answer_keeps_the_version_it_was_given_to(programme, paula, oscar):
    application = make_draft(paula)
    add(programme, oscar)
    actions.follow_form(application, by=paula)

    fill_in(application, {"languages": "Dutch", "expertise": "Political communication"})

    assert application.answer_versions["languages"] == 2
    assert application.answer_versions["expertise"] == 1
    fill_in(application, {"expertise": "Sociology"})
    assert application.answer_versions["expertise"] == 2


def test_what_was_submitted_keeps_its_form_through_the_review(programme, paula, rita, oscar):
    application = make_application(paula, status=S.SUBMITTED)
    add(programme, oscar)
    actions.request_changes(application, by=rita, comment="Please say which parties.")
    actions.follow_form(application, by=paula)
    actions.submit_application(application, by=paula)

    version = application.latest_version
    assert (application.form.number, version.form.number) == (1, 1)
    assert form_of_version(version).question("languages") is None
    assert version.answer_versions == application.answer_versions


def test_an_answer_to_a_retired_question_is_kept_aside(client, programme, paula, oscar):
    application = make_draft(paula)
    retire(programme, oscar, "publications")
    client.force_login(paula)

    page = client.get(application.get_absolute_url()).content.decode()

    application.refresh_from_db()
    (line,) = no_longer_asked(application)
    assert line.text == "Prins (2025), On short videos."
    assert "No longer asked" in page
    assert "On short videos." in page
    actions.submit_application(application, by=paula)
    read = [
        line.key for section in read_version(application.latest_version) for line in section.lines
    ]
    assert "publications" not in read


@pytest.mark.parametrize("is_followed", [True, False])
def test_a_tab_that_was_open_before_a_question_was_retired_loses_nothing(
    client, programme, paula, oscar, is_followed
):
    application = make_draft(paula)
    client.force_login(paula)
    address = reverse("applications:section", args=[application.pk, "expertise"])
    client.get(address)
    retire(programme, oscar, "publications")

    shown = page_of(application, form_of(application).section("expertise")).shown_json
    if is_followed:
        client.get(application.get_absolute_url())
    sent = {"revision": str(application.revision), "shown": shown}
    client.post(address, sent | {"expertise": "Politics", "publications": "Typed meanwhile"})
    client.get(address)

    application.refresh_from_db()
    assert application.form.number == 2
    assert application.answers["publications"] == "Typed meanwhile"


def test_an_answer_that_is_too_long_for_a_shorter_limit_is_named(programme, paula, oscar):
    application = make_draft(paula, design="x" * 100)
    shorter = replace(BUILTIN.question("design"), limit=10)
    add(programme, oscar, shorter, "project")
    actions.follow_form(application, by=paula)

    (missing,) = missing_in(application)

    assert missing.question_key == "design"
    assert missing.is_given
    assert "at most 10 characters (it has 100)" in missing.sentence


def test_changes_between_versions_of_different_forms_are_all_told(programme, paula, rita, oscar):
    application = make_application(paula, status=S.CHANGES_REQUESTED, reviewer=rita)
    fill_in(application, {"summary": "Another summary"})
    actions.submit_application(application, by=paula)

    assert [change.after for change in changes_since_last_version(application)] == [
        "Another summary"
    ]


def test_a_student_needs_the_advisors_letter(paula):
    application = make_draft(paula, role="student", advisor="Prof. X, x@uva.nl")
    assert keys_missing(application) == ["advisor_letter"]

    question = form_of(application).question("advisor_letter")
    attach(application, "letter.pdf", pdf(), question=question)

    assert keys_missing(application) == []


def test_the_programme_may_require_a_document(paula, programme):
    application = make_draft(paula)
    programme.required_documents = ["ethics_europe"]
    programme.save()
    application.programme.refresh_from_db()

    (missing,) = missing_in(application)

    assert missing.question_key == "ethics_europe"
    assert missing.sentence == "Attach a file: “Ethics approval”."


@pytest.mark.parametrize(
    ("country", "asked", "not_asked"),
    [("NL", "ethics_europe", "ethics_us"), ("PR", "ethics_us", "ethics_europe")],
)
def test_ethics_are_asked_for_by_the_place_of_work(paula, country, asked, not_asked):
    application = make_draft(paula, works_in=country)
    form = form_of(application)

    assert form.is_shown(form.question(asked), application.answers)
    assert not form.is_shown(form.question(not_asked), application.answers)


def test_a_question_is_hidden_with_the_one_it_hangs_on(paula):
    application = make_draft(
        paula,
        works_in="BR",
        is_travelling="yes",
        travels_from="2027-01-01",
        travels_until="2027-02-01",
    )
    assert keys_missing(application) == []
    form, answers = form_of(application), {**application.answers, "works_in": "NL"}

    assert not form.is_shown(form.question("is_travelling"), answers)
    assert not form.is_shown(form.question("travels_from"), answers)


def test_a_journey_that_ends_before_it_begins_is_named(paula):
    application = make_draft(
        paula,
        works_in="BR",
        is_travelling="yes",
        travels_from="2027-02-01",
        travels_until="2027-01-01",
    )

    assert keys_missing(application) == ["travels_until"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (replace(BUILTIN.question("summary"), kind=Kind.TEXT), "asked in another way before"),
        (replace(LANGUAGES, label=in_english(" ")), "has no English text"),
        (replace(LANGUAGES, kind=Kind.CHOICE), "at least two answers"),
        (replace(LANGUAGES, kind=Kind.FILE), "which kinds of files"),
        (replace(LANGUAGES, limit=0), "between 1 and"),
        (replace(LANGUAGES, shown_if=(Condition("nothing", "x"),)), "is not in the form"),
        (replace(LANGUAGES, shown_if=(Condition("summary", "x"),)), "has no answers to choose"),
        (replace(LANGUAGES, shown_if=(Condition("role", "king"),)), "does not offer"),
        (replace(BUILTIN.question("summary"), is_on=False), "the portal itself needs"),
        (
            replace(BUILTIN.question("is_funded"), shown_if=(Condition("has_conflict", "yes"),)),
            "",
        ),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused(programme, oscar, question, sentence):
    section = "expertise" if question.key == "languages" else "project"

    if not sentence:
        actions.put_question(programme, question=question, section_key="funding", by=oscar)
        return
    with pytest.raises(Refused, match=sentence):
        actions.put_question(programme, question=question, section_key=section, by=oscar)
    assert not FormVersion.objects.filter(published_at__isnull=True).exists()


def test_questions_that_wait_for_each_other_are_refused(programme, oscar):
    funded = replace(BUILTIN.question("is_funded"), shown_if=(Condition("shares_data", "yes"),))
    shares = replace(BUILTIN.question("shares_data"), shown_if=(Condition("is_funded", "yes"),))
    actions.put_question(programme, question=funded, section_key="funding", by=oscar)

    with pytest.raises(Refused, match="waits for itself"):
        actions.put_question(programme, question=shares, section_key="funding", by=oscar)


def test_publishing_needs_a_reason_a_change_and_a_look(programme, oscar):
    actions.switch_question(programme, key="outputs", is_on=False, by=oscar)
    seen = FormVersion.objects.get(published_at__isnull=True).revision
    actions.switch_question(programme, key="outputs", is_on=True, by=oscar)

    with pytest.raises(Refused, match="Somebody changed this form meanwhile"):
        actions.publish_form(programme, reason="Less.", revision=seen, by=oscar)
    with pytest.raises(Refused, match="Say why"):
        publish(programme, oscar, reason=" ")
    with pytest.raises(Refused, match="Nothing is changed"):
        publish(programme, oscar)


def test_publishing_is_on_record_with_its_reason(programme, oscar):
    form = add(programme, oscar)

    entry = Entry.objects.get(event="form.published")
    assert (entry.actor_id, entry.subject_id) == (oscar.pk, str(form.pk))
    assert form.reason == "More is asked."


def test_a_discarded_draft_leaves_the_form_as_it_is(programme, oscar):
    actions.switch_question(programme, key="outputs", is_on=False, by=oscar)

    actions.discard_form(programme, by=oscar)

    assert FormVersion.objects.get(programme=programme).number == 1
    with pytest.raises(Refused, match="There is no draft"):
        actions.discard_form(programme, by=oscar)


@pytest.mark.parametrize("person", ["paula", "rita"])
def test_only_operators_change_the_form(request, programme, person):
    by = request.getfixturevalue(person)

    for deed in (
        lambda: actions.move_question(programme, key="outputs", step=1, by=by),
        lambda: actions.discard_form(programme, by=by),
        lambda: actions.publish_form(programme, reason="Mine.", revision=1, by=by),
    ):
        with pytest.raises(Refused, match="Only operators"):
            deed()


def test_a_moved_question_is_asked_at_its_new_place(programme, oscar):
    actions.move_question(programme, key="publications", step=-1, by=oscar)
    form = publish(programme, oscar)

    assert [q.key for q in form.asked.section("expertise").questions] == [
        "publications",
        "expertise",
    ]


def test_differences_are_told_in_words(programme, oscar):
    changed = replace(
        BUILTIN.question("outputs"), label=in_english("Outputs"), is_required=True, limit=500
    )
    actions.put_question(programme, question=changed, section_key="public", by=oscar)
    actions.switch_question(programme, key="references", is_on=False, by=oscar)
    actions.put_question(programme, question=LANGUAGES, section_key="expertise", by=oscar)
    draft = FormVersion.objects.get(programme=programme, published_at__isnull=True)

    told = [(each.label, each.what) for each in differences(BUILTIN, draft.content)]

    assert told == [
        ("Which languages do you read?", "New in “Expertise”."),
        ("References", "Retired: no longer asked."),
        ("Outputs", "Moved to “Public summary”."),
        ("Outputs", "Text: “Expected outputs” becomes “Outputs”."),
        ("Outputs", "Most characters: “10000” becomes “500”."),
        ("Outputs", "Required: yes"),
    ]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Which languages?", "which_languages"),
        ("Summary", "summary_2"),
        ("Contact", "contact_2"),
        ("数据", "question"),
        ("7 days?", "question_7_days"),
    ],
)
def test_a_new_question_gets_a_key_that_was_never_used(label, key):
    assert free_key(BUILTIN, label) == key

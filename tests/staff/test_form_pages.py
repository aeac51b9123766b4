"""The editor of the application form, through the operator's eyes."""

import pytest
from django.urls import reverse

from applications.models import FormVersion
from applications.questions import Kind
from applications.questions.builtin import BUILTIN
from applications.states import ApplicationStatus as S
from programmes.models import Programme
from tests.factories.applications import make_application, make_draft


@pytest.fixture
def programme(db):
    return Programme.objects.default()


@pytest.fixture
def as_oscar(client, oscar):
    client.force_login(oscar)
    return client


def url(name, programme, *args):
    return reverse(f"staff:{name}", args=[programme.pk, *args])


def draft_of(programme):
    return FormVersion.objects.get(programme=programme, published_at__isnull=True)


NEW = {
    "label_en": "Which languages do you read?",
    "help_en": "Those of the videos.",
    "kind": "text",
    "section": "expertise",
    "limit": "80",
    "is_required": "on",
}


def test_the_editor_shows_every_question_also_those_that_are_off(as_oscar, programme):
    page = as_oscar.get(url("form", programme)).content.decode()

    assert "Version 1 is asked since" in page
    for key in ("full_name", "registration_id", "verification_accepted"):
        assert str(BUILTIN.question(key).label) in page
    assert "Not asked" in page


def test_a_question_is_added_previewed_and_published(as_oscar, programme, paula, carl):
    make_draft(paula)
    make_application(carl, status=S.SUBMITTED)

    page = as_oscar.post(url("form_add", programme), NEW, follow=True).content.decode()
    preview = as_oscar.get(url("form_preview", programme, "expertise")).content.decode()
    revision = draft_of(programme).revision
    done = as_oscar.post(
        url("form_publish", programme),
        {"reason": "We match reviewers by language.", "revision": revision},
        follow=True,
    ).content.decode()

    assert "New in “Expertise”." in page
    assert "1 open draft follows the new form" in page
    assert "1 submitted application keeps the form it was given to." in page
    assert "Which languages do you read?" in preview
    assert "0 of at most 80 characters" in preview
    assert "The new form is asked from now on." in done
    assert "We match reviewers by language." in done
    assert "Version 2 is asked since" in done
    question = FormVersion.objects.in_force(programme).asked.question("which_languages_do_you_read")
    assert (question.limit, question.is_required, question.kind) == (80, True, Kind.TEXT)


def test_a_question_is_edited_and_keeps_what_the_page_does_not_offer(as_oscar, programme):
    before = BUILTIN.question("funding_source")
    given = {
        "label_en": "Who pays for it?",
        "section": "funding",
        "limit": "900",
        "is_required": "on",
        "shown_if": ["is_funded=yes"],
        "element": "c",
        "heading": "projects",
    }

    as_oscar.post(url("form_question", programme, "funding_source"), given)

    after = draft_of(programme).content.question("funding_source")
    assert str(after.label) == "Who pays for it?"
    assert (after.limit, after.shown_if) == (900, before.shown_if)
    assert (after.code, after.evidence, after.kind) == (before.code, before.evidence, before.kind)


def test_options_keep_their_codes(as_oscar, programme):
    page = as_oscar.get(url("form_question", programme, "role")).content.decode()
    assert "faculty: Faculty member or postdoc" in page
    given = {
        "label_en": "Your role",
        "section": "contact",
        "options": "faculty: Faculty\nstudent: Student\nother: Other\nEmeritus professor",
    }

    as_oscar.post(url("form_question", programme, "role"), given)

    options = draft_of(programme).content.question("role").options
    assert [(code, str(label)) for code, label in options] == [
        ("faculty", "Faculty"),
        ("student", "Student"),
        ("other", "Other"),
        ("emeritus_professor", "Emeritus professor"),
    ]


def test_a_refused_change_comes_back_with_what_was_typed(as_oscar, programme):
    given = {**NEW, "kind": "choice", "label_en": "Only <one>", "options": "Alone"}

    page = as_oscar.post(url("form_add", programme), given).content.decode()

    assert "at least two answers" in page
    assert "Only &lt;one&gt;" in page
    assert not FormVersion.objects.filter(published_at__isnull=True).exists()


def test_a_file_question_takes_what_the_operator_says(as_oscar, programme):
    given = {**NEW, "kind": "file", "extensions": ".PDF, png", "count": "2", "megabytes": "3"}

    as_oscar.post(url("form_add", programme), given)

    rules = draft_of(programme).content.question("which_languages_do_you_read").file_rules
    assert (rules.extensions, rules.count, rules.size_bytes) == (("pdf", "png"), 2, 3 * 1024 * 1024)


def test_questions_are_reordered_and_retired(as_oscar, programme):
    as_oscar.post(url("form_move", programme, "publications"), {"to": "up"})
    page = as_oscar.post(url("form_switch", programme, "outputs"), follow=True).content.decode()

    keys = [q.key for q in draft_of(programme).asked.section("expertise").questions]
    assert keys == ["publications", "expertise"]
    assert "Retired: no longer asked." in page
    as_oscar.post(url("form_switch", programme, "outputs"))
    assert draft_of(programme).asked.question("outputs") is not None


def test_what_the_portal_needs_is_not_retired(as_oscar, programme):
    page = as_oscar.post(url("form_switch", programme, "summary"), follow=True).content.decode()

    assert "the portal itself needs the answer" in page


def test_the_branch_for_not_for_profit_bodies_can_be_switched_on(as_oscar, programme, paula):
    for key in ("affiliation", "registration_id", "union_country"):
        as_oscar.post(url("form_switch", programme, key))
    revision = draft_of(programme).revision
    as_oscar.post(url("form_publish", programme), {"reason": "More bodies.", "revision": revision})

    form = FormVersion.objects.in_force(programme).asked
    question = form.question("registration_id")
    assert form.is_shown(question, {"affiliation": "not_for_profit"})
    assert not form.is_shown(question, {"affiliation": "academic"})


def test_publishing_without_a_reason_says_so(as_oscar, programme):
    as_oscar.post(url("form_switch", programme, "outputs"))

    page = as_oscar.post(url("form_publish", programme), {"revision": "2", "reason": ""})

    assert "This field is required." in page.content.decode()
    assert draft_of(programme).published_at is None


def test_a_draft_is_discarded(as_oscar, programme):
    as_oscar.post(url("form_switch", programme, "outputs"))

    page = as_oscar.post(url("form_discard", programme), follow=True).content.decode()

    assert "The draft is thrown away" in page
    assert "Version 1 is asked since" in page


@pytest.mark.parametrize("name", ["form_question", "form_move", "form_switch"])
def test_an_unknown_question_is_not_found(as_oscar, programme, name):
    assert as_oscar.post(url(name, programme, "nothing")).status_code == 404


@pytest.mark.parametrize("section", [section.key for section in BUILTIN.sections])
def test_every_section_has_a_preview(as_oscar, programme, section):
    page = as_oscar.get(url("form_preview", programme, section))

    assert page.status_code == 200
    assert as_oscar.get(url("form_preview", programme, "nothing")).status_code == 404

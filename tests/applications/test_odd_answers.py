"""Answers that are strange but right are kept to the letter; malformed ones are refused."""

import pytest

from applications import actions
from applications.models import Application, form_of
from lib.errors import Refused
from programmes.models import Programme

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.fixture
def draft(paula):
    return actions.start_application(Programme.objects.default(), by=paula)


def save(draft, section, **answers):
    return actions.save_section(
        draft, section=form_of(draft).section(section), answers=answers, by=draft.applicant
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Families {FAMILY} on video",
        "<script>alert('x')</script> & <b>bold</b>",
        "نص عربي \u202e reversed",
        "  inner   spaces kept",
        "'; DROP TABLE applications_application; --",
        "line one\nline two",
        "😀" * 1000,
    ],
)
def test_strange_text_is_kept_to_the_letter(draft, text):
    save(draft, "project", summary=text)

    kept = Application.objects.get(pk=draft.pk).answers["summary"]
    assert kept == text.strip()


def test_a_line_end_counts_as_one_character(draft):
    save(draft, "project", summary="a\r\n" * 499 + "bc")

    assert Application.objects.get(pk=draft.pk).answers["summary"] == "a\n" * 499 + "bc"


@pytest.mark.parametrize(
    ("section", "answers", "sentence"),
    [
        ("project", {"summary": "x" * 10_000}, "at most 1000 characters"),
        ("project", {"summary": "x" * 1001}, "at most 1000 characters"),
        ("project", {"research_questions": "x" * 10_001}, "at most 10000 characters"),
        ("project", {"summary": "nul \x00 inside"}, "Null characters are not allowed"),
        ("project", {"topics": ["no such topic"]}, "not one of the available choices"),
        ("contact", {"full_name": "x" * 51}, "at most 50 characters"),
        ("contact", {"profile_url": "javascript:alert(1)"}, "begins with https://"),
        ("contact", {"profile_url": "http://uva.nl/paula"}, "begins with https://"),
        ("contact", {"profile_url": "https://uva.nl/" + "x" * 100}, "at most 100 characters"),
        ("contact", {"institution": "not-an-id"}, "institution of the list"),
        (
            "contact",
            {"institution": "01a00000-0000-7000-8000-000000000000"},
            "institution of the list",
        ),
        ("contact", {"role": "king"}, "not one of the available choices"),
        ("period", {"starts_on": "31.12.2027"}, "year-month-day"),
        ("period", {"starts_on": "2027-02-30"}, "year-month-day"),
        ("funding", {"is_funded": "maybe"}, "not one of the available choices"),
    ],
)
def test_malformed_answers_are_refused_with_the_question_named(draft, section, answers, sentence):
    (key,) = answers
    label = form_of(draft).question(key).label

    with pytest.raises(Refused) as refusal:
        save(draft, section, **answers)

    assert sentence in refusal.value.sentence
    assert str(label) in refusal.value.sentence
    assert Application.objects.get(pk=draft.pk).answers.get(key) != answers[key]


def test_saving_one_section_leaves_the_others_alone(draft):
    save(draft, "project", summary="A summary")
    stale = Application.objects.get(pk=draft.pk)
    save(draft, "security", security_plan="A plan")

    save(stale, "expertise", expertise="Politics")

    answers = Application.objects.get(pk=draft.pk).answers
    assert (answers["summary"], answers["security_plan"]) == ("A summary", "A plan")
    assert answers["expertise"] == "Politics"


def test_somebody_else_cannot_save(draft, olga):
    with pytest.raises(Refused, match="Only the applicant"):
        actions.save_section(
            draft, section=form_of(draft).section("project"), answers={"summary": "mine"}, by=olga
        )

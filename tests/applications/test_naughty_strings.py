"""Strange strings in every question: kept and shown back exactly, or refused with a sentence."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from applications import actions
from applications.fields import clean_answer
from applications.models import Application, FormVersion, form_of
from applications.questions import Definition, Kind, Section, in_english, to_json
from applications.questions.builtin import BUILTIN
from lib.errors import Refused
from lib.time import now
from programmes.models import Programme

# Real strings to try, where they lie beside the project; nobody needs them to run the tests.
SHARED = Path(__file__).parents[3] / "shared" / "data" / "text"
ALL_ON = Definition(
    tuple(
        replace(section, questions=tuple(replace(q, is_on=True) for q in section.questions))
        for section in BUILTIN.sections
    )
)
TYPED = [question for question in ALL_ON.questions if question.kind.has_field]
TEXTS = [question for question in TYPED if question.kind.is_text]

SAMPLES = [
    "",
    " ",
    "nul \x00 inside",
    "half \ud83d of a pair",
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    'https://example.org/"onmouseover=alert(1)',
    "{{ 7|add:7 }}{% debug %}${7*7}",
    "%s %(label)s %(days)d {0} {label}",
    "'; DROP TABLE applications_application; --",
    "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c",
    "\u2028line\u2029paragraph\x0bvertical\x1b[31mred",
    "\ufeffmark",
    "Zalgo: Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟",
    "👩\u200d👩\u200d👧 नमस्ते مرحبا",
    "1e999",
    "NaN",
    "-1",
    "9" * 400,
    "2027-13-45",
    "[]",
    '{"$ne": null}',
    "../../../etc/passwd",
    "a@b@c",
    "two\r\nlines",
]


@pytest.fixture
def draft(paula):
    """A draft of a form that asks every built-in question."""
    programme = Programme.objects.default()
    FormVersion.objects.in_force(programme)
    FormVersion.objects.create(
        programme=programme, number=2, definition=to_json(ALL_ON), published_at=now()
    )
    return actions.start_application(programme, by=paula)


def kept(draft):
    return Application.objects.get(pk=draft.pk).answers


@pytest.mark.parametrize("question", TYPED, ids=lambda question: question.key)
def test_each_question_keeps_a_strange_answer_exactly_or_refuses_it(draft, question):
    section = Section("one", in_english("One"), in_english(""), (question,))

    for sample in SAMPLES:
        before = kept(draft).get(question.key)
        answer = [sample] if question.kind is Kind.MULTICHOICE else sample
        refusal = refusal_of(draft, section, question.key, answer)
        if refusal is not None:
            assert re.fullmatch(rf"{re.escape(str(question.label))}: .+", refusal, re.S)
            assert kept(draft).get(question.key) == before
        elif question.kind.is_text:
            assert kept(draft)[question.key] == sample.replace("\r\n", "\n").strip()


def refusal_of(draft, section, key, answer):
    try:
        actions.save_section(draft, section=section, answers={key: answer}, by=draft.applicant)
    except Refused as refusal:
        return refusal.sentence
    return None


# Half a character cannot be sent by a browser.
MARKUP = ["nul \x00 inside", *(each for each in SAMPLES if set(each) & set("<{;\u202e"))]


@pytest.mark.parametrize("sample", MARKUP)
def test_every_page_takes_a_strange_string_in_every_field_and_executes_none(client, draft, sample):
    client.force_login(draft.applicant)
    actions.follow_form(draft, by=draft.applicant)

    for section in form_of(draft).sections:
        address = reverse("applications:section", args=[draft.pk, section.key])
        given = {question.key: sample for question in section.questions}
        page = client.post(address, given)
        content = (page if page.status_code == 200 else client.get(address)).content.decode()

        assert page.status_code in (200, 302)
        assert "<script>alert(1)" not in content
        assert "<img src=x" not in content
        assert 'href="javascript:' not in content
    assert client.get(draft.get_absolute_url()).status_code == 200


def _shared_strings():
    strings = json.loads((SHARED / "blns.json").read_text(encoding="utf-8"))
    strings += (SHARED / "csv_injection_payloads.txt").read_text(encoding="utf-8").splitlines()
    emoji = json.loads((SHARED / "emoji_zwj_sequences.json").read_text(encoding="utf-8"))
    return strings + [each["emoji"] for each in emoji[:50]]


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of shared strings is not here")
def test_the_shared_naughty_strings_are_kept_exactly_in_every_text_field(draft):
    section = Section("all", in_english("All"), in_english(""), tuple(TEXTS))

    for sample in _shared_strings():
        fitting = [question for question in TEXTS if fits(question, sample)]
        answers = {question.key: sample for question in fitting}
        actions.save_section(draft, section=section, answers=answers, by=draft.applicant)
        stored = kept(draft)
        expected = sample.replace("\r\n", "\n").strip()
        assert {stored[key] for key in answers} <= {expected}, repr(sample)


def fits(question, sample):
    try:
        clean_answer(question, sample)
    except ValidationError:
        return False
    return True


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of shared strings is not here")
def test_the_shared_naughty_strings_are_shown_back_exactly(client, draft):
    client.force_login(draft.applicant)
    actions.follow_form(draft, by=draft.applicant)
    section = form_of(draft).section("security")
    address = reverse("applications:section", args=[draft.pk, "security"])

    question = form_of(draft).question("security_plan")
    # Every third: a page is slower than a save.
    for sample in _shared_strings()[::3]:
        if not fits(question, sample):
            continue
        actions.save_section(
            draft, section=section, answers={question.key: sample}, by=draft.applicant
        )
        content = client.get(address).content.decode()
        shown = re.search(r'<textarea name="security_plan"[^>]*>\n?(.*?)</textarea>', content, re.S)
        assert html.unescape(shown[1]).strip() == kept(draft)["security_plan"], repr(sample)

"""Strange strings in every text field of every form that the pages of a review show.

The forms are found on the pages themselves, so a new one is tried without a word here. Each text is
kept exactly or refused with a sentence; it never breaks a page and never becomes a script. The
questions of the application have tests of their own in tests/applications/test_naughty_strings.py.
"""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test.html import parse_html
from django.urls import reverse

from applications import actions
from applications.states import ApplicationStatus as S
from reviews.models import Outcome
from tests.factories.applications import make_application, make_draft
from tests.factories.review import ReviewWorld

pytestmark = pytest.mark.django_db

# Real strings to try, where they lie beside the project; nobody needs them to run the tests.
SHARED = Path(__file__).parents[3] / "shared" / "data" / "text" / "blns.json"
SAMPLES = [
    "nul \x00 inside",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7|add:7 }}{% debug %} %s %(name)s {0} 100%",
    "'; DROP TABLE applications_application; -- \\",
    "\u202eright to left\u202c \u2028 \x1b[31m",
    "👩\u200d👩\u200d👧 नमस्ते مرحبا Ṱ̺̺̕o͞",
    "9" * 20_000,
]
ONE_LINE = {"text", "search", "url"}


def elements(node):
    yield node
    for child in getattr(node, "children", ()):
        if not isinstance(child, str):
            yield from elements(child)


class FoundForm:
    """A form as a page holds it: where it goes, what it holds, which fields take text."""

    def __init__(self, element, page):
        held = dict(element.attributes)
        self.url, self.held, self.texts = held.get("action") or page, {}, []
        for field in elements(element):
            self._read(field, dict(field.attributes))

    def _read(self, field, held):
        name, kind = held.get("name"), held.get("type", "text")
        if name is None or "disabled" in held:
            return
        if field.name == "textarea" or (field.name == "input" and kind in ONE_LINE):
            self.texts.append(name)
        elif field.name == "select":
            options = [dict(e.attributes) for e in elements(field) if e.name == "option"]
            values = [each["value"] for each in options if each.get("value")]
            self.held.update({name: values[0]} if values else {})
        elif field.name == "input" and kind in ("radio", "checkbox"):
            self.held.setdefault(name, held.get("value", "on"))
        elif field.name == "input":
            self.held[name] = held.get("value", "") or ("2027-06-01" if kind == "date" else "1")

    def filled(self, text):
        return {**self.held, **dict.fromkeys(self.texts, text)}


def forms_of(client, page):
    """Every form of a page that is sent and takes text."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    found = [
        FoundForm(element, page)
        for element in elements(parse_html(answer.content.decode()))
        if element.name == "form" and dict(element.attributes).get("method") == "post"
    ]
    return [form for form in found if form.texts]


def is_kept(text):
    """Whether some row holds exactly this text, alone or within JSON."""
    return any(
        text in _strings(value)
        for model in apps.get_models()
        for name in [_texts_of(model)]
        if name
        for row in model._base_manager.values_list(*name).order_by("-pk")[:50]
        for value in row
    )


def _texts_of(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]


def _strings(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return {each for part in parts for each in _strings(part)}
    return {value} if isinstance(value, str) else set()


def has_sentence(page):
    return any(mark in page for mark in ("invalid-feedback", "alert", "errorlist", "<h1"))


def fault_of(client, form, text):
    """What is wrong with the answer to this text, if anything; what it changed is undone."""
    with transaction.atomic():
        answer = client.post(form.url, form.filled(text))
        kept = answer.status_code == 302 and is_kept(text.strip())
        shown = client.get(answer["Location"]) if answer.status_code == 302 else answer
        transaction.set_rollback(True)
    page = shown.content.decode()
    if answer.status_code >= 500 or shown.status_code >= 500:
        return "it breaks"
    if "<img src=x" in page:
        return "it becomes a script"
    if answer.status_code == 302 and not kept and not has_sentence(page):
        return "it is neither kept nor refused"
    return "" if kept or has_sentence(page) else f"no sentence, {answer.status_code}"


def faults(client, pages, texts):
    forms = [form for page in pages for form in forms_of(client, page)]
    assert forms
    return [
        f"{form.url} {text[:20]!r}: {fault}"
        for form in forms
        for text in texts
        if (fault := fault_of(client, form, text))
    ]


def pages_of_an_applicant(paula):
    refused = make_application(paula, status=S.DECLINED)
    draft = make_draft(paula)
    actions.ask_question(draft, by=paula, body="How long does it take?")
    return [
        reverse("applications:detail", args=[draft.pk]),
        reverse("applications:section", args=[draft.pk, "collaborators"]),
        reverse("applications:threads", args=[draft.pk]),
        reverse("applications:detail", args=[refused.pk]),
    ]


def test_an_applicant_may_write_anything(client, paula):
    client.force_login(paula)

    assert faults(client, pages_of_an_applicant(paula), SAMPLES) == []


@pytest.mark.parametrize("status", [S.SUBMITTED, S.IN_REVIEW, S.CONSOLIDATING, S.APPEALED])
def test_a_reviewer_may_write_anything(client, status):
    world = ReviewWorld(status, verdict=Outcome.DECLINED)
    client.force_login(world.people["reviewer who leads it"])
    ids = [world.application.pk]
    pages = [reverse("staff:application", args=ids), reverse("staff:talk", args=ids)]

    assert faults(client, pages, SAMPLES) == []


def test_an_operator_may_write_anything(client, oscar):
    client.force_login(oscar)
    pages = [reverse(f"staff:{name}") for name in ("absences", "snippets")]

    assert faults(client, pages, SAMPLES) == []


def test_strings_of_the_shared_list(client, rita):
    if not SHARED.exists():
        pytest.skip("the shared list of strange strings is not here")
    client.force_login(rita)
    # Every fourth, to keep the time short; the list goes from kind to kind.
    texts = [text for text in json.loads(SHARED.read_text(encoding="utf-8")) if text.strip()][::4]

    assert faults(client, [reverse("staff:snippets")], texts) == []

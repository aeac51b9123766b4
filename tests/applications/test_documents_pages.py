"""Taking the application away: who gets what, and that it is on record."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.documents.links import FORMATS
from applications.documents.regimes import REGIMES
from applications.states import ApplicationStatus as S
from audit.models import Entry
from tests.factories.applications import fill_in, make_application, make_draft


def take(person, application, document_format="json", **asked):
    client = Client()
    client.force_login(person)
    page = reverse("applications:document", args=[application.pk, document_format])
    return client.get(page, asked)


@pytest.fixture
def submitted(paula):
    return make_application(paula, status=S.SUBMITTED)


@pytest.mark.parametrize("document_format", FORMATS)
@pytest.mark.parametrize("arrangement", ["form", *(regime.key for regime in REGIMES)])
def test_every_format_in_every_arrangement(submitted, paula, document_format, arrangement):
    answer = take(paula, submitted, document_format, **{"as": arrangement})

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    entry = Entry.objects.get(event="application.document_taken")
    assert entry.details == {
        "version": 1,
        "format": document_format,
        "arrangement": arrangement,
    }
    assert (entry.actor_id, entry.subject_id) == (paula.pk, str(submitted.pk))


def test_files_are_saved_under_a_name_that_tells_what_they_are(submitted, paula):
    answer = take(paula, submitted, "pdf", **{"as": "five-safes"})

    name = f"application-{str(submitted.pk)[-8:]}-version-1-five-safes.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "application/pdf"


def test_the_applicant_gets_the_draft_while_writing_and_any_version(submitted, paula, rita):
    actions.request_changes(submitted, by=rita, comment="Which parties?")
    fill_in(submitted, {"summary": "Another summary."})

    draft, first, present = (
        take(paula, submitted, **asked).json() for asked in ({}, {"version": 1}, {"version": 0})
    )

    assert (draft["version"], first["version"], present["version"]) == (0, 1, 0)
    assert "Another summary." in json.dumps(draft)
    assert "Another summary." not in json.dumps(first)


def test_reviewers_get_what_was_submitted_with_the_evidence(submitted, rita, paula):
    theirs, own = take(rita, submitted).json(), take(paula, submitted).json()

    assert theirs["version"] == 1
    assert theirs["evidence"]
    assert own["evidence"] == []
    assert take(rita, submitted, version=0).status_code == 404


def test_reviewers_never_get_what_is_being_written(submitted, rita, paula):
    actions.request_changes(submitted, by=rita, comment="Which parties?")
    fill_in(submitted, {"summary": "Another summary."})

    assert "Another summary." not in take(rita, submitted).content.decode()


def test_others_find_nothing(submitted, olga, carl):
    answers = [take(each, submitted) for each in (olga, carl)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not Entry.objects.filter(event="application.document_taken").exists()


@pytest.mark.parametrize(
    ("document_format", "asked"),
    [
        ("docx", {}),
        ("json", {"as": "poem"}),
        ("json", {"version": "9"}),
        ("json", {"version": "x"}),
        ("json", {"version": "-1"}),
        ("json", {"version": "99999999999999999999"}),
    ],
)
def test_what_there_is_not_is_not_found(submitted, paula, document_format, asked):
    assert take(paula, submitted, document_format, **asked).status_code == 404


def test_the_page_for_printing_shows_answers_as_text(paula):
    draft = make_draft(paula)
    fill_in(draft, {"summary": "<script>alert(1)</script>\nsecond line"})

    page = take(paula, draft, "print").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in page
    assert 'lang="en"' in page
    assert "css/print.css" in page
    assert "<script" not in page


def test_the_page_for_printing_has_collaborators_and_decisions(paula):
    application = make_application(paula, status=S.DECLINED, collaborators=["carl@uva.nl"])

    page = take(paula, application, "print").content.decode()

    assert "carl@uva.nl" in page
    assert "The questions are not clear yet." in page


def test_a_page_says_what_an_unanswered_element_asks_for(submitted, paula):
    page = take(paula, submitted, "print", **{"as": "dsa-article-8"}).content.decode()

    assert "(c) Data requested" in page
    assert "Nothing in this application answers this." in page


def test_a_draft_withdrawn_before_it_was_submitted_can_still_be_taken(paula):
    draft = make_application(paula, status=S.WITHDRAWN)

    assert take(paula, draft).json()["version"] == 0


def test_the_overview_links_to_every_document(submitted, paula):
    client = Client()
    client.force_login(paula)

    page = client.get(submitted.get_absolute_url()).content.decode()

    for document_format in FORMATS:
        for arrangement in ("form", *(regime.key for regime in REGIMES)):
            assert f"/document/{document_format}/?as={arrangement}" in page

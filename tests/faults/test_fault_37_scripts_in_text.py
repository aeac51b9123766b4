"""Fault 37: what people write stays text, on the applicant's pages, on those of staff, in mails."""

import pytest
from django.template import engines
from django.urls import reverse

from applications import actions
from applications.models import form_of
from outbox.models import Message
from reviews.models import Outcome
from tests.factories.applications import begin_reviews, give_all_reviews, make_draft

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=1>"
TEXTS = [
    "project_title",
    "team_name",
    "expertise",
    "publications",
    "summary",
    "design",
    "research_questions",
    "public_summary",
    "period_reason",
    "security_plan",
]


@pytest.fixture
def draft(paula, rita):
    """Every text that Paula can write wants to be a script, and so do the names of both."""
    paula.name = rita.name = SCRIPT
    paula.save()
    rita.save()
    application = make_draft(paula, **dict.fromkeys(TEXTS, SCRIPT))
    actions.add_collaborator(
        application, email="new@uva.nl", name=SCRIPT, expertise=SCRIPT, by=paula
    )
    return application


def decline(draft, rita, oscar):
    """The whole way to a refusal, with a comment that wants to be a script."""
    actions.submit_application(draft, by=draft.applicant)
    actions.set_owner(draft, to=rita, by=oscar)
    begin_reviews(draft, rita)
    give_all_reviews(draft, Outcome.DECLINED)
    return actions.decline_application(
        draft, by=rita, reason="PROPOSAL_NOT_DEFINED", comment=SCRIPT
    )


def read(client, reader, *addresses):
    """The text of each page, as this reader sees it."""
    client.force_login(reader)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.content.decode()


def read_all(client, draft, rita, oscar):
    """The form while it is a draft; then where the decision stands, for both sides."""
    ids = [draft.pk]
    sections = [
        reverse("applications:section", args=[draft.pk, section.key])
        for section in form_of(draft).sections
    ]
    yield from read(client, draft.applicant, *sections)
    decline(draft, rita, oscar)
    yield from read(client, draft.applicant, reverse("applications:detail", args=ids))
    names = ["application", "history", "precedents"]
    files = [reverse(f"staff:{name}", args=ids) for name in names]
    yield from read(client, rita, *files, reverse("staff:applications") + "?state=")


def scripts_that_run(pages):
    return [page for page, text in pages if "<script>alert(1)" in text or "<img src=x" in text]


def test_what_people_write_is_shown_as_text(client, draft, rita, oscar):
    pages = list(read_all(client, draft, rita, oscar))

    assert scripts_that_run(pages) == []
    assert sum("&lt;script&gt;alert(1)&lt;/script&gt;" in text for _page, text in pages) >= 4


def test_control_without_escaping_it_would_run(client, draft, rita, oscar, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)

    assert scripts_that_run(read_all(client, draft, rita, oscar))


def test_the_mails_are_plain_text_and_their_page_shows_it(client, draft, rita, oscar):
    decline(draft, rita, oscar)
    letter = Message.objects.get(kind="application.declined")

    page = client.get(reverse("outbox_message", args=[letter.pk])).content.decode()

    assert SCRIPT in letter.body
    assert scripts_that_run([("the letter", page)]) == []
    assert "&lt;script&gt;" in page

"""The public register of approved uses, and what is left out of it on request."""

import pytest
from django.test import Client
from django.urls import reverse

from applications import actions, register
from applications.models import Application, Redaction
from lib.errors import NotAllowed, Refused
from programmes.models import Programme
from tests.factories.applications import S, make_application
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def use(paula):
    return make_application(paula, status=S.APPROVED)


def ask(application, *parts, reason="It would put our sources at risk."):
    return actions.request_redaction(
        application, parts=parts or ["TITLE"], reason=reason, by=application.applicant
    )


def grant(redaction, by):
    return actions.decide_redaction(redaction, is_granted=True, answer="Agreed.", by=by)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def entry_url(application):
    return reverse("applications:register_entry", args=[application.organization_id])


def test_everybody_reads_what_was_approved_and_nothing_confidential(client, use):
    page = client.get(entry_url(use)).content.decode()

    for public in ("Elections in short videos", "Which messages of parties", "University of Ams"):
        assert public in page
    for confidential in ("Paula", "paula@", "content analysis", "Encrypted disks", "Prins Lab"):
        assert confidential not in page
    assert "Elections in short videos" in client.get("/register/").content.decode()


def test_what_is_not_approved_does_not_stand_in_it(client, paula):
    make_application(paula, status=S.SUBMITTED)

    assert b"Nobody was let in yet." in client.get("/register/").content


def test_a_programme_that_is_not_public_keeps_its_uses_to_itself(client, use):
    Programme.objects.update(is_public=False)

    assert client.get(entry_url(use)).status_code == 404
    assert client.get("/register.json").json()["entries"] == []


def test_the_search_reads_the_public_words_alone(client, use):
    def found(words):
        return len(client.get("/register.json", {"search": words}).json()["entries"])

    assert found("elections") == found("amsterdam short") == found("messages of PARTIES") == 1
    assert found("interviews") == found("encrypted") == found("Prins") == found("%") == 0
    assert client.get("/register/", {"search": "\x00", "before": "no key"}).status_code == 200


def test_pages_go_on_where_the_last_one_ended(client, use, monkeypatch):
    second = make_application(make_user("second@uva.nl"), status=S.APPROVED)
    monkeypatch.setattr(register, "PAGE_SIZE", 1)

    first_page = client.get("/register.json").json()
    next_page = client.get("/register.json", {"before": first_page["before"]}).json()

    ids = [page["entries"][0]["id"] for page in (first_page, next_page)]
    assert ids == [str(second.organization_id), str(use.organization_id)]
    assert next_page["before"] is None


def test_what_operators_leave_out_is_neither_shown_nor_found(client, use, oscar):
    grant(ask(use, "TITLE", "SUMMARY"), oscar)

    page = client.get(entry_url(use)).content.decode()
    assert "Elections in short videos" not in page
    assert "Which messages" not in page
    assert "Redacted on request" in page
    assert "University of Amsterdam" in page
    for words in ("elections", "messages"):
        assert client.get("/register.json", {"search": words}).json()["entries"] == []
    assert client.get("/register.json").json()["entries"][0]["redacted"] == ["SUMMARY", "TITLE"]


def test_topics_and_the_institution_can_be_left_out_too(client, use, oscar):
    grant(ask(use, "LINES", "INSTITUTION"), oscar)

    (entry,) = client.get("/register.json").json()["entries"]
    assert entry["answers"] == []
    assert entry["institution"] == "Redacted on request"


def test_until_it_is_granted_everything_stays(client, use, oscar):
    redaction = ask(use)
    assert b"Elections in short videos" in client.get(entry_url(use)).content

    actions.decide_redaction(redaction, is_granted=False, answer="No risk seen.", by=oscar)
    assert b"Elections in short videos" in client.get(entry_url(use)).content


def test_a_request_needs_parts_and_a_reason_and_waits_alone(use):
    for parts, reason in ((["NAMES"], "Why."), (["TITLE"], "  ")):
        with pytest.raises(Refused):
            ask(use, *parts, reason=reason)
    ask(use)

    with pytest.raises(Refused, match="waits for its decision"):
        ask(use)


def test_who_may_ask_and_who_may_decide(use, carl, rita, oscar):
    with pytest.raises(NotAllowed):
        actions.request_redaction(use, parts=["TITLE"], reason="Why.", by=carl)
    redaction = ask(use)
    for person in (rita, use.applicant):
        with pytest.raises(NotAllowed):
            grant(redaction, person)
    grant(redaction, oscar)

    with pytest.raises(Refused, match="decided before"):
        grant(redaction, oscar)


def test_what_is_not_approved_has_nothing_to_leave_out(paula):
    with pytest.raises(Refused, match="Only approved applications"):
        ask(make_application(paula, status=S.SUBMITTED))


def test_the_pages_lead_from_the_request_to_the_decision(client, use, oscar):
    own = reverse("applications:redaction", args=[use.pk])
    paula = signed_in(use.applicant)
    assert b"Elections in short videos" in paula.get(own).content
    paula.post(own, {"parts": ["SUMMARY"], "reason": "Our sources read this."})

    desk = signed_in(oscar)
    assert b"Our sources read this." in desk.get(reverse("staff:redactions")).content
    redaction = Redaction.objects.get()
    address = reverse("staff:decide_redaction", args=[redaction.pk])
    assert b"This field is required." in desk.post(address).content
    sent = {f"{redaction.pk}-is_granted": "yes", f"{redaction.pk}-answer": "Agreed."}
    assert b"Left out" in desk.post(address, sent, follow=True).content

    assert b"Agreed." in paula.get(own).content
    assert b"Which messages" not in client.get(entry_url(use)).content
    assert Application.objects.get().answers["public_summary"].startswith("Which messages")

"""Fault 37: forged forms, framed pages, redirects to strangers, a strange host in a mail.

Each case has its control: the real code less the one guard must fail the same check.
"""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from applications.models import Attachment
from outbox.models import Message
from tests.factories.applications import make_draft
from tests.factories.files import LETTERS, ask_for_files, pdf  # noqa: F401
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

# Programs send no cookies, so what they post is proved by a token of their own.
FOR_PROGRAMS = "research_api"
# Files are received within their limits first, and the proof is read from what came; see below.
PROVED_LATER = {"applications:files"}


# What stands in for each kind of parameter; the rows need not be there, because the proof is asked
# for before anything is looked up.
STAND_INS = {"UUIDConverter": "01a20000-0000-7000-8000-000000000000", "IntConverter": 1}
APP = {"app_label": "applications"}


def addresses(patterns, names=(), given=None):
    """Name and parameters of every address, Django's administration included."""
    for pattern in patterns:
        here = dict(given or {})
        here |= dict.fromkeys(pattern.pattern.regex.groupindex, "x")
        for key, converter in pattern.pattern.converters.items():
            here[key] = STAND_INS.get(type(converter).__name__, "x")
        if hasattr(pattern, "url_patterns"):
            namespace = [pattern.namespace] if pattern.namespace else []
            yield from addresses(pattern.url_patterns, (*names, *namespace), here)
        elif pattern.name:
            yield ":".join((*names, pattern.name)), here | {k: APP[k] for k in APP if k in here}


def taken_without_proof():
    """The addresses that let a form in without the proof that it came from a page of ours."""
    client = Client(enforce_csrf_checks=True)
    return [
        name
        for name, given in addresses(get_resolver().url_patterns)
        if not name.startswith(FOR_PROGRAMS)
        and name not in PROVED_LATER
        and client.post(reverse(name, kwargs=given or None)).status_code != HTTPStatus.FORBIDDEN
    ]


def without(guard):
    return override_settings(MIDDLEWARE=[each for each in settings.MIDDLEWARE if guard not in each])


def test_a_forged_form_is_refused_at_every_address():
    assert taken_without_proof() == []


def test_a_forged_form_attaches_no_file(paula, ask_for_files):  # noqa: F811
    draft = make_draft(paula)
    client = Client(enforce_csrf_checks=True)
    client.force_login(paula)
    url = reverse("applications:files", args=[draft.pk, LETTERS.key])

    answer = client.post(url, {"files": SimpleUploadedFile("letter.pdf", pdf())})

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert not Attachment.objects.exists()


def test_control_without_its_guard_forged_forms_come_in():
    with without("CsrfViewMiddleware"):
        assert len(taken_without_proof()) > len(PAGES)


PAGES = ["/", "/help/", "/help/rules/", "/eligibility/", "/accounts/login/", "/nowhere/", "/apply/"]


def pages_open_to_strangers(client):
    """Pages that somebody else's page could frame, or in which a foreign script could run."""
    return [page for page in PAGES if not _is_closed(client.get(page))]


def _is_closed(answer):
    policy = answer.headers.get("Content-Security-Policy", "")
    return (
        answer.headers.get("X-Frame-Options") == "DENY"
        and "frame-ancestors 'none'" in policy
        and "default-src 'none'" in policy
        and "script-src 'self'" in policy
        and "unsafe" not in policy
        and answer.headers.get("X-Content-Type-Options") == "nosniff"
    )


def test_no_page_can_be_framed_or_run_a_foreign_script(client):
    assert pages_open_to_strangers(client) == []


@pytest.mark.parametrize("guard", ["CSPMiddleware", "XFrameOptionsMiddleware"])
def test_control_without_its_guard_a_page_is_open(client, guard):
    with without(guard):
        assert pages_open_to_strangers(client) == PAGES


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example/",
        "/\\evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "\thttps://evil.example/",
    ],
)
def test_signing_in_leads_to_no_stranger(client, paula, target):
    answer = client.post(
        "/accounts/login/", {"login": paula.email, "password": PASSWORD, "next": target}
    )

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def asked_for_a_password(client, **headers):
    """The status of the answer, and the mail's text."""
    answer = client.post("/accounts/password/reset/", {"email": "paula@uva.nl"}, headers=headers)
    mail = Message.objects.filter(kind="account.password_reset_key").first()
    return answer.status_code, mail.body if mail else ""


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_no_mail_leads_to_a_host_that_the_request_named(client, paula, header):
    _status, text = asked_for_a_password(client, **{header: "evil.example"})

    assert "evil.example" not in text


def test_control_without_the_list_of_hosts_the_mail_would_lead_there(client, paula):
    with override_settings(ALLOWED_HOSTS=["*"]):
        _status, text = asked_for_a_password(client, Host="evil.example")

    assert "evil.example" in text

"""Fault 46: the log of the programs holds no personal data, no secret and no line of a stranger."""

import io
import json
import logging
import re
from smtplib import SMTPRecipientsRefused

import pytest
from django.test import override_settings
from django.urls import get_resolver, reverse

from applications import actions
from outbox.actions import EmailMessage, post_message, send_due_messages
from portal import logs
from portal.logs import formatter
from reviews.models import Outcome
from tests.factories.applications import S, list_collaborator, make_application
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

ANSWERS = {
    "project_title": "Unmistakable title",
    "summary": "Unmistakable summary",
    "design": "Unmistakable design",
    "full_name": "Paula Prins",
}
PRIVATE = [
    "Paula",
    "Prins",
    "Rita",
    "Reyes",
    "paula@uva.nl",
    "dana@uva.nl",
    "Dana Dorn",
    "Unmistakable",
    "Whispered",
    "s3cr3t",
    PASSWORD,
]


@pytest.fixture
def log():
    """What the program writes, as the handler of the settings would."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def sign_in(client, person, password=PASSWORD):
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def tell_the_story(client, paula, rita):
    """An application from the draft to the decision, through pages and actions, with mishaps."""
    sign_in(client, paula, "Whispered password")
    sign_in(client, paula)
    application = make_application(paula, **ANSWERS)
    list_collaborator(application, "dana@uva.nl", name="Dana Dorn")
    client.get(reverse("applications:detail", args=[application.pk]))
    actions.withdraw_application(application, by=paula)
    decided = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED, **ANSWERS
    )
    client.logout()
    sign_in(client, rita)
    client.get(reverse("staff:applications"), {"search": "Paula Prins", "q": "paula@uva.nl"})
    client.get(reverse("staff:application", args=[decided.pk]))
    actions.decline_application(
        decided, by=rita, reason="PROPOSAL_NOT_DEFINED", comment="Whispered comment"
    )
    client.post("/accounts/password/reset/", {"email": paula.email})
    client.get("/accounts/password/reset/key/1-s3cr3t/")
    client.get("/nowhere/", {"name": "Prins"})
    send_due_messages()


def private_parts(log):
    return [word for word in PRIVATE if word in log.getvalue()]


def test_the_whole_story_leaves_nothing_private_in_the_log(client, paula, rita, log):
    tell_the_story(client, paula, rita)

    assert "request_finished" in log.getvalue()
    assert private_parts(log) == []


def test_control_without_the_veil_searches_and_secrets_are_in_the_log(
    client, paula, rita, log, monkeypatch
):
    """The step that conceals, less what it looks for."""
    nothing = re.compile("()(?!)")
    monkeypatch.setattr(logs, "_SECRET_PATH", nothing)
    monkeypatch.setattr(logs, "_QUERY", nothing)

    tell_the_story(client, paula, rita)

    assert {"Prins", "s3cr3t"} <= set(private_parts(log))


class RefusingMail(EmailMessage):
    def send(self, *given, **more):
        raise SMTPRecipientsRefused({self.to[0]: (550, b"no such mailbox")})


def test_a_mail_server_that_names_the_address_does_not_bring_it_into_the_log(db, log, monkeypatch):
    monkeypatch.setattr("outbox.actions.EmailMessage", RefusingMail)
    post_message(kind="interest.confirm", to="paula@uva.nl", subject="A", body="B")

    assert send_due_messages() == 0

    assert "SMTPRecipientsRefused" in log.getvalue()
    assert private_parts(log) == []


def addresses_with_a_secret(patterns, names=(), given=None):
    for pattern in patterns:
        here = {**(given or {}), **dict.fromkeys(pattern.pattern.regex.groupindex, "s3cr3t")}
        for key, converter in pattern.pattern.converters.items():
            if type(converter).__name__ == "UUIDConverter":
                here[key] = "01a20000-0000-7000-8000-000000000000"
        if hasattr(pattern, "url_patterns"):
            namespace = [pattern.namespace] if pattern.namespace else []
            if namespace != ["admin"]:
                inner = (*names, *namespace)
                yield from addresses_with_a_secret(pattern.url_patterns, inner, here)
        elif {"secret", "uidb36"} & set(here) or pattern.name == "account_confirm_email":
            yield reverse(":".join((*names, pattern.name)), kwargs=here)


@pytest.mark.parametrize("url", list(addresses_with_a_secret(get_resolver().url_patterns)))
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_with_a_secret_brings_it_into_the_log(client, log, url, method):
    with override_settings(DEBUG=False):
        getattr(client, method)(url)

    assert "request_finished" in log.getvalue()
    assert "s3cr3t" not in log.getvalue()


@pytest.mark.parametrize("text", ["a\r\nb", "\x1b[31mred", "\u2028next", '","level":"error'])
def test_a_stranger_writes_no_line_of_their_own(client, log, text):
    client.get("/nowhere/" + text.replace("\n", "%0A").replace("\r", "%0D"), headers={"X-A": "b"})
    logging.getLogger("x").warning("They wrote %s", text)

    lines = log.getvalue().strip("\n").split("\n")
    assert "\x1b" not in log.getvalue()
    assert all(json.loads(line)["level"] in ("info", "warning") for line in lines)

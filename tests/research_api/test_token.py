"""Fetching a token: one exact success, flat refusals, and many tokens beside each other."""

import json
from urllib.parse import urlencode

import pytest

from organizations.models import Token
from tests.research_api.conftest import CATS

pytestmark = pytest.mark.django_db

URL = "/v2/oauth/token/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def right(script):
    return {
        "client_key": script.client.client_key,
        "client_secret": script.secret,
        "grant_type": "client_credentials",
    }


def fetch(client, form, content_type=FORM):
    text = json.dumps(form) if content_type == "application/json" else urlencode(form)
    return client.post(URL, text, content_type=content_type, headers={"Cache-Control": "no-cache"})


@pytest.mark.parametrize("content_type", [FORM, "application/json", "text/plain"])
def test_a_token_of_two_hours_and_nothing_else(client, right, content_type):
    answer = fetch(client, right, content_type)

    assert answer.status_code == 200
    assert list(answer.json()) == ["access_token", "expires_in", "token_type"]
    assert answer.json()["access_token"].startswith("clt.")
    assert answer.json()["expires_in"] == 7200
    assert answer.json()["token_type"] == "Bearer"
    assert answer["Cache-Control"] == "no-store"


def test_a_secret_is_read_through_its_percent_signs(client, right):
    text = "&".join(f"{name}={''.join(f'%{ord(c):02X}' for c in v)}" for name, v in right.items())

    assert client.post(URL, text, content_type=FORM).status_code == 200


def test_a_newer_token_ends_no_older_one(client, right, script):
    tokens = [fetch(client, right).json()["access_token"] for _ in range(3)]

    statuses = [script.ask(CATS, headers={"Authorization": f"Bearer {t}"}).status for t in tokens]

    assert len(set(tokens)) == 3
    assert statuses == [200, 200, 200]


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": "wrong"},
        {"client_key": "wrong"},
        {"client_key": "a\x00b"},
        {"client_secret": "ключ"},
    ],
)
def test_a_wrong_key_or_secret_is_an_invalid_client(client, right, wrong):
    answer = fetch(client, right | wrong)

    assert answer.status_code == 401
    assert list(answer.json()) == ["error", "error_description", "log_id"]
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["error_description"] == "Client key or secret is incorrect."
    assert len(answer.json()["log_id"]) == 34


@pytest.mark.parametrize("missing", ["client_key", "client_secret", "grant_type"])
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_a_missing_parameter_is_named(client, right, missing, how):
    form = {name: value for name, value in right.items() if name != missing}
    if how == "empty":
        form[missing] = ""

    answer = fetch(client, form)

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"
    assert answer.json()["error_description"] == f"{missing} is missing."


def test_another_grant_type_is_unsupported(client, right):
    answer = fetch(client, right | {"grant_type": "authorization_code"})

    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"client_key": {}}', "x" * 300_000])
def test_an_unreadable_body_is_an_invalid_request(client, text):
    answer = client.post(URL, text, content_type=FORM)

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_refusal_writes_nothing(client, right):
    before = Token.objects.count()

    fetch(client, right | {"client_secret": "wrong"})

    assert Token.objects.count() == before

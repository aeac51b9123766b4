"""Linking ORCID, signing in with it, and what its record tells."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts import actions
from accounts.models import OrcidRecord, User
from accounts.orcid import Employment, OrcidUnreachable, ask_orcid, read_employments
from lib.errors import Refused
from portal import variables
from tests.factories.orcid import JOSIAH, employment, orcid, source  # noqa: F401

BROWN = "https://ror.org/05gq02987"


def test_a_record_in_the_shape_of_the_public_api_is_read(orcid):  # noqa: F811
    orcid.employments = [
        employment("Brown University", source("Brown University", by_client=True), ror=BROWN),
        employment("Wesleyan University", source("Josiah Carberry"), end=("1950",)),
        employment(
            "Brown University", source("Some tool", by_client=True, for_person=True), start=None
        ),
    ]

    told = ask_orcid(JOSIAH)

    assert told.works_count == 3
    assert told.employments == [
        Employment("Brown University", BROWN, "1930-02-29", "", "Brown University", False),
        Employment("Wesleyan University", "", "1930-02-29", "1950", "Josiah Carberry", True),
        Employment("Brown University", "", "", "", "Josiah Carberry", True),
    ]
    assert orcid.asked == [f"/v3.0/{JOSIAH}/employments", f"/v3.0/{JOSIAH}/works"]


@pytest.mark.parametrize(
    ("ended", "is_current"),
    [("", True), ("2026", True), ("2026-11", True), ("2026-11-21", False), ("2025", False)],
)
def test_an_employment_is_over_after_its_last_day_month_or_year(ended, is_current):
    assert Employment("X", "", "", ended, "", False).is_current("2026-11-22") is is_current


@pytest.mark.parametrize(
    "text", ["", "0000-0002-1825-009", "../../admin", "0000-0002-1825-0097/../x", "127.0.0.1"]
)
def test_only_what_looks_like_an_orcid_id_is_asked_for(orcid, text):  # noqa: F811
    with pytest.raises(OrcidUnreachable):
        ask_orcid(text)

    assert orcid.asked == []


def test_no_redirect_is_followed(orcid):  # noqa: F811
    orcid.status, orcid.location = 302, f"{orcid.url}/elsewhere"

    with pytest.raises(OrcidUnreachable):
        ask_orcid(JOSIAH)

    assert orcid.asked == [f"/v3.0/{JOSIAH}/employments"]


@pytest.mark.parametrize("status", [404, 409, 429, 500, 503])
def test_an_error_of_orcid_is_no_answer(orcid, status):  # noqa: F811
    orcid.status = status

    with pytest.raises(OrcidUnreachable):
        ask_orcid(JOSIAH)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b"{}",
        b'{"affiliation-group": 3}',
        b'{"affiliation-group": [{"summaries": [{"employment-summary": {}}]}]}',
        b"[" * 100_000,
        b" " * (8 * 1024 * 1024 + 1),
    ],
)
def test_an_answer_that_is_none_is_told_as_such(orcid, body):  # noqa: F811
    orcid.body = body

    with pytest.raises(OrcidUnreachable):
        ask_orcid(JOSIAH)


def test_a_server_that_is_not_there_is_unreachable(settings):
    settings.ORCID_API_URL = "http://127.0.0.1:9"

    with pytest.raises(OrcidUnreachable):
        ask_orcid(JOSIAH)


def test_an_organization_without_an_id_or_dates_is_read():
    told = {"affiliation-group": [employment("X", {}, start=None)]}

    assert read_employments(told) == [Employment("X", "", "", "", "", True)]


def test_a_record_is_asked_for_once_a_day(orcid, paula, move_clock):  # noqa: F811
    import datetime as dt

    actions.link_orcid(paula, orcid_id=JOSIAH)

    first = actions.look_up_orcid(str(paula.pk))
    actions.look_up_orcid(str(paula.pk))
    asked_on_one_day = len(orcid.asked)
    move_clock(dt.timedelta(days=1, seconds=1))
    actions.look_up_orcid(str(paula.pk))

    assert first.has_answered
    assert asked_on_one_day == 2
    assert len(orcid.asked) == 4


def test_what_was_told_stays_while_orcid_is_down(orcid, paula, move_clock):  # noqa: F811
    import datetime as dt

    orcid.employments = [employment("Brown University", source("Josiah Carberry"))]
    actions.link_orcid(paula, orcid_id=JOSIAH)
    before = actions.look_up_orcid(str(paula.pk))
    move_clock(dt.timedelta(days=2))
    orcid.status = 503

    after = actions.look_up_orcid(str(paula.pk))

    assert not after.has_answered
    assert after.told_at == before.told_at
    assert after.employments == before.employments


def test_nobody_without_a_link_is_asked_about(orcid, paula):  # noqa: F811
    assert actions.look_up_orcid(str(paula.pk)) is None
    assert orcid.asked == []


def test_another_id_replaces_the_record_of_the_first(paula):
    actions.link_orcid(paula, orcid_id=JOSIAH)
    again = actions.link_orcid(paula, orcid_id=JOSIAH)

    other = actions.link_orcid(paula, orcid_id="0000-0001-5109-3700")

    assert again.pk != other.pk
    assert OrcidRecord.objects.get() == other
    with pytest.raises(Refused):
        actions.link_orcid(paula, orcid_id="x")


@pytest.fixture
def through_orcid(orcid, monkeypatch):  # noqa: F811
    """The way through ORCID and back, with our server in ORCID's place."""
    monkeypatch.setattr(OrcidOAuth2Adapter, "access_token_url", f"{orcid.url}/oauth/token")
    monkeypatch.setattr(OrcidOAuth2Adapter, "profile_url", f"{orcid.url}/v3.0/%s/record")

    def go(client, process):
        sent = client.post(reverse("orcid_login") + f"?process={process}")
        assert sent.status_code == 302
        assert sent["Location"].startswith("https://orcid.org/oauth/authorize?")
        state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
        return client.get(reverse("orcid_callback"), {"code": "c", "state": state}, follow=True)

    return go


def test_linking_keeps_the_id_and_makes_no_address(client, paula, through_orcid):
    client.force_login(paula)

    page = through_orcid(client, "connect")

    assert page.status_code == 200
    assert OrcidRecord.objects.get(user=paula).orcid_id == JOSIAH
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["paula@uva.nl"]
    assert JOSIAH in client.get(reverse("socialaccount_connections")).content.decode()


def test_who_linked_it_signs_in_with_it(client, paula, through_orcid):
    SocialAccount.objects.create(user=paula, provider="orcid", uid=JOSIAH)

    through_orcid(client, "login")

    assert client.session["_auth_user_id"] == str(paula.pk)


def test_who_did_not_is_told_how_and_gets_no_account(client, paula, through_orcid):
    page = through_orcid(client, "login")

    assert "No account is linked to this ORCID iD yet" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 1
    assert not EmailAddress.objects.filter(email="josiah@uva.nl").exists()


def test_an_id_that_another_account_linked_is_not_taken_over(client, paula, olga, through_orcid):
    SocialAccount.objects.create(user=paula, provider="orcid", uid=JOSIAH)
    client.force_login(olga)

    through_orcid(client, "connect")

    assert SocialAccount.objects.get().user == paula
    assert not OrcidRecord.objects.filter(user=olga).exists()


def test_ending_the_link_forgets_the_record(client, paula, orcid):  # noqa: F811
    account = SocialAccount.objects.create(user=paula, provider="orcid", uid=JOSIAH)
    actions.link_orcid(paula, orcid_id=JOSIAH)
    client.force_login(paula)

    client.post(reverse("socialaccount_connections"), {"account": account.pk})

    assert not SocialAccount.objects.exists()
    assert not OrcidRecord.objects.exists()


def test_the_button_is_shown_where_orcid_is_set_up(client, orcid, paula):  # noqa: F811
    assert "Sign in with ORCID" in client.get(reverse("account_login")).content.decode()
    client.force_login(paula)
    assert "Linked accounts" in client.get(reverse("home")).content.decode()
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert "Link your ORCID iD" in page


def test_no_page_speaks_of_orcid_where_it_is_not_set_up(client, paula):
    assert "ORCID" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("orcid_login")).status_code == 404
    client.force_login(paula)
    assert "Linked accounts" not in client.get(reverse("home")).content.decode()
    assert "ORCID" not in client.get(reverse("socialaccount_connections")).content.decode()


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://orcid.org", "orcid.org"),
        ("https://orcid.org/", "orcid.org"),
        ("https://sandbox.orcid.org", "sandbox.orcid.org"),
    ],
)
def test_orcid_or_its_sandbox_may_be_named(text, domain):
    assert variables.orcid_domain(text) == domain


@pytest.mark.parametrize(
    "text", ["http://orcid.org", "https://evil.test", "orcid.org", "https://orcid.org.evil.test"]
)
def test_no_other_host_may_be_named(text):
    with pytest.raises(ImproperlyConfigured, match="sandbox"):
        variables.understood("ORCID_URL", text, variables.orcid_domain)

"""Everything that the video query says no to: always JSON, never charged, never a 500."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.actions import remove_membership, revoke_client
from queries.models import Search
from quotas.models import Charge
from tests.factories.organizations import make_member, make_organization
from tests.research_api.conftest import CATS, DOGS, QUERY_URL, Script, condition

pytestmark = pytest.mark.django_db

LOG_ID = re.compile(r"\d{14}[0-9A-F]{20}")


def without_log_id(page):
    return page.bytes.replace(page.error["log_id"].encode(), b"")


def is_refused(page, status, code):
    """Whether the answer is the envelope with this status and code, and nothing was charged."""
    assert LOG_ID.fullmatch(page.error["log_id"])
    assert page.headers["Content-Type"] == "application/json"
    assert not Charge.objects.filter(key=page.error["log_id"]).exists()
    return (page.status, page.error["code"], page.data) == (status, code, {})


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "Bearer "])
def test_the_scheme_may_be_written_in_any_case(script, scheme):
    page = script.ask(CATS, headers={"Authorization": f"{scheme} {script.token}"})

    assert page.status == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer clt.wrong", "Basic abc", "clt.wrong", "Bearer \0é"]
)
def test_without_a_token_that_lives_the_answer_is_401(script, header):
    page = script.ask(CATS, headers={"Authorization": header})

    assert is_refused(page, 401, "access_token_invalid")


def test_every_reason_for_401_reads_alike(script, lab, carl, move_clock, client):
    carls = Script(client, make_member(lab, carl))
    unknown = script.ask(CATS, headers={"Authorization": "Bearer clt.wrong"})
    assert carls.ask(CATS).status == 200

    remove_membership(carls.client.membership, by=lab.principal.user)
    removed = carls.ask(CATS)
    revoke_client(script.client, by=lab.principal.user)
    revoked = script.ask(CATS)
    other = Script(client, lab.principal)
    move_clock(dt.timedelta(hours=2, seconds=1))
    expired = other.ask(CATS)

    for page in (unknown, removed, revoked, expired):
        assert is_refused(page, 401, "access_token_invalid")
        assert without_log_id(page) == without_log_id(unknown)


def test_a_removed_member_is_refused_at_the_next_request(client, lab, carl):
    script = Script(client, make_member(lab, carl))
    search_id = script.ask(CATS).data["search_id"]

    remove_membership(script.client.membership, by=carl)

    page = script.ask(CATS | {"cursor": 20, "search_id": search_id})
    assert is_refused(page, 401, "access_token_invalid")


def test_an_absent_a_foreign_and_an_expired_search_read_alike(script, olga, client, move_clock):
    foreign_lab = Script(client, make_organization(olga).principal)
    own = script.ask(CATS).data["search_id"]

    def refusal(asking, body=CATS):
        page = asking.ask(body | {"cursor": 20, "search_id": own})
        assert is_refused(page, 400, "invalid_params")
        assert page.error["message"] == f"Search Id {own} is invalid or expired"
        return without_log_id(page)

    foreign = refusal(foreign_lab)
    other_query = refusal(script, DOGS)
    other_dates = refusal(script, CATS | {"end_date": "20240130"})
    move_clock(dt.timedelta(hours=24, seconds=1))
    script.token, foreign_lab.token = script.new_token(), foreign_lab.new_token()
    expired = refusal(script)
    Search.objects.filter(pk=own).delete()
    absent = refusal(foreign_lab)

    assert foreign == other_query == other_dates == expired == absent


@pytest.mark.parametrize("search_id", ["1", "007", "99999999999999999999", 2**63])
def test_a_search_id_that_never_was_is_repeated_as_it_came(script, search_id):
    page = script.ask(CATS | {"search_id": search_id})

    assert is_refused(page, 400, "invalid_params")
    assert page.error["message"] == f"Search Id {search_id} is invalid or expired"


def test_members_of_one_lab_share_a_search(script, client, lab, carl):
    search_id = script.ask(CATS).data["search_id"]
    carls = Script(client, make_member(lab, carl))

    page = carls.ask(CATS | {"cursor": 20, "search_id": search_id})

    assert (page.status, page.data["search_id"]) == (200, search_id)


def test_the_last_records_of_the_day_cut_the_page_and_its_cursor(client, paula, corpus):
    script = Script(client, make_organization(paula, records=130).principal)
    first = script.ask(CATS | {"max_count": 100})
    position = {"search_id": first.data["search_id"], "cursor": first.data["cursor"]}

    cut = script.ask(CATS | {"max_count": 100} | position)
    position["cursor"] = cut.data["cursor"]
    none = script.ask(CATS | {"max_count": 100} | position)

    assert len(cut.data["videos"]) == 30
    assert (cut.data["cursor"], cut.data["has_more"]) == (130, True)
    assert cut.data["videos"][0]["id"] == first.data["videos"][-1]["id"] - 1
    assert is_refused(none, 429, "daily_quota_limit_exceeded")


def test_a_first_page_is_cut_too(client, paula, corpus):
    script = Script(client, make_organization(paula, records=30).principal)

    cut = script.ask(CATS | {"max_count": 100})

    assert (len(cut.data["videos"]), cut.data["cursor"], cut.data["has_more"]) == (30, 30, True)


def test_a_day_that_is_used_up_says_when_to_come_back(client, paula, corpus, move_clock):
    script = Script(client, make_organization(paula, requests=1).principal)
    search_id = script.ask(CATS).data["search_id"]

    page = script.ask(CATS | {"cursor": 20, "search_id": search_id})
    seconds = int(page.headers["Retry-After"])
    move_clock(dt.timedelta(seconds=seconds))
    script.token = script.new_token()
    next_day = script.ask(CATS | {"cursor": 20, "search_id": search_id})

    assert is_refused(page, 429, "daily_quota_limit_exceeded")
    assert 0 < seconds <= 86_401
    assert next_day.status == 200


def test_a_lab_without_quota_opens_no_search(client, paula, corpus):
    script = Script(client, make_organization(paula, requests=1).principal)
    script.ask(CATS)
    before = Search.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as statements:
        page = script.ask(CATS)

    assert is_refused(page, 429, "daily_quota_limit_exceeded")
    assert Search.objects.count() == before
    assert not [one for one in statements if one["sql"].startswith("INSERT")]


def test_what_is_refused_for_its_form_costs_one_select(script):
    with CaptureQueriesContext(connection) as statements:
        page = script.ask(CATS | {"cursor": -1})

    assert is_refused(page, 400, "invalid_params")
    assert len(statements) == 1


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "options"])
def test_other_methods_are_answered_in_json(client, db, method):
    answer = getattr(client, method)(QUERY_URL)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    if method != "head":
        assert answer.json()["error"]["message"].startswith("Use POST")


@pytest.mark.parametrize("path", ["", "research/", "research/video/query", "research/user/x/", "é"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_addresses_are_answered_in_json(client, db, method, path):
    answer = getattr(client, method)(f"/v2/{path}")

    assert answer.status_code == 404
    assert answer.json()["data"] == {}
    assert set(answer.json()["error"]) == {"code", "message", "log_id"}


def test_the_answer_for_other_addresses_names_those_that_are_served(client, db):
    message = client.post("/v2/").json()["error"]["message"]

    served = [path for path in message.replace(",", " ").split() if path.startswith("/v2/")]
    assert served == [reverse("research_api:token"), reverse("research_api:query_videos")]
    assert {client.post(path).status_code for path in served} == {400, 401}


def test_too_many_parameters_in_the_address_are_refused(client, script):
    answer = client.post(
        QUERY_URL + "?" + "&".join(f"a{n}=1" for n in range(2_000)),
        "{}",
        content_type="application/json",
        headers={"Authorization": f"Bearer {script.token}"},
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_params")


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["20240101", "20240131", "keyword", "EQ", "IN", "US", "\x00", "9" * 30])
)
_ANYTHING = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
_CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "operation": st.sampled_from(["EQ", "IN", "GT", "LTE", "LIKE"]) | _ANYTHING,
        "field_name": st.sampled_from(
            [
                "keyword",
                "username",
                "hashtag_name",
                "video_id",
                "video_length",
                "view_count",
                "create_date",
                "region_code",
                "music_id",
                "effect_id",
                "comment_count",
            ]
        )
        | _ANYTHING,
        "field_values": st.lists(_SCALARS, max_size=3) | _ANYTHING,
    },
)
_LISTS = st.lists(_CONDITIONS | _ANYTHING, max_size=3) | _ANYTHING
_BODIES = st.fixed_dictionaries(
    {},
    optional={
        "query": st.fixed_dictionaries({}, optional={"and": _LISTS, "or": _LISTS, "not": _LISTS})
        | _ANYTHING,
        "start_date": st.just("20240101") | _ANYTHING,
        "end_date": st.just("20240131") | _ANYTHING,
        "cursor": st.integers(0, 300) | _ANYTHING,
        "max_count": st.integers(1, 100) | _ANYTHING,
        "search_id": st.integers(0, 2**64).map(str) | _ANYTHING,
        "is_random": _ANYTHING,
    },
)
_HARD = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_HARD
@given(body=_BODIES | st.builds(lambda odd: CATS | odd, _BODIES) | _ANYTHING)
def test_odd_json_is_answered_or_refused_and_never_a_500(script, body):
    page = script.ask(json.dumps(body))

    assert page.status in {200, 400}
    assert page.error["code"] == ("ok" if page.status == 200 else "invalid_params")


@_HARD
@given(
    body=st.binary(max_size=200) | st.text(max_size=200),
    fields=st.text(st.characters(codec="ascii", exclude_characters="#&"), max_size=40),
    content_type=st.sampled_from(["", "text/plain", "application/x-www-form-urlencoded", "x/y; z"]),
)
def test_odd_bytes_are_refused_and_never_a_500(script, body, fields, content_type):
    page = script.ask(body, fields=fields, content_type=content_type)

    assert is_refused(page, 400, "invalid_params")


@pytest.mark.parametrize(
    "body",
    [
        '{"query":' * 20_000,
        json.dumps(CATS)[:-1] + ', "cursor": NaN}',
        json.dumps(CATS)[:-1] + ', "max_count": 1' + "0" * 5_000 + "}",
        json.dumps(CATS | {"query": {"and": [condition("keyword", "IN", *["x"] * 20_000)]}}),
        json.dumps(CATS | {"query": {"and": [condition("video_id", "IN", *range(20_000))]}}),
        json.dumps(CATS) + " " * 300_000,
    ],
)
def test_attacks_by_size_are_refused(script, body):
    assert is_refused(script.ask(body), 400, "invalid_params")


@pytest.mark.parametrize("text", ["猫", "' OR 1=1 --", "%_\\", "\u202e", "𝒄𝒂𝒕", "a" * 1_000])
def test_any_text_may_be_searched_for(script, text):
    page = script.ask(CATS | {"query": {"and": [condition("keyword", "EQ", text)]}})

    assert (page.status, page.data["videos"]) == (200, [])

"""What clients send, in every spelling that was seen, and what is refused with which sentence."""

import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory

from corpus.codebook import VIDEOS
from lib.errors import Refused
from research_api.bodies import MOST_BYTES, UnreadableBody, read_body
from research_api.errors import WireError
from research_api.parsing import parse_video_request

CATS = {"operation": "EQ", "field_name": "keyword", "field_values": ["cat"]}
BODY = {"query": {"and": [CATS]}, "start_date": "20240101", "end_date": "20240131"}


def body_of(content, content_type="application/json"):
    request = RequestFactory().post("/", content, content_type=content_type)
    return read_body(request)


def ask(fields="id", **parameters):
    return parse_video_request(fields, BODY | parameters)


def refusal(fields="id", **parameters):
    with pytest.raises((WireError, Refused)) as caught:
        ask(fields, **parameters)
    return str(caught.value)


@pytest.mark.parametrize(
    "label",
    [
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "multipart/form-data",
    ],
)
@pytest.mark.parametrize("spaces", [(",", ":"), (", ", ": ")])
def test_json_is_read_under_any_label(label, spaces):
    assert body_of(json.dumps(BODY, separators=spaces), label) == BODY


def test_a_real_form_carries_the_query_as_json_text_and_the_rest_as_text():
    form = BODY | {"query": json.dumps(BODY["query"]), "max_count": "100", "is_random": "False"}

    found = body_of(urlencode(form), "application/x-www-form-urlencoded")

    assert found == BODY | {"max_count": "100", "is_random": "False"}


def test_a_form_keeps_letters_of_every_script():
    query = {"and": [CATS | {"field_values": ["猫 & 犬 = ♥"]}]}

    found = body_of(urlencode({"query": json.dumps(query)}), "application/x-www-form-urlencoded")

    assert found["query"] == query


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"null",
        b"[]",
        b'"text"',
        b"12",
        b"{",
        b'{"cursor": NaN}',
        b'{"cursor": Infinity}',
        b'{"cursor": 1e999}',
        b'{"cursor": 1' + b"0" * 5_000 + b"}",
        b'{"query": "\\ud800"}',
        b'{"query": "\xff"}',
        b"[" * 100_000,
        b'{"query":' * 5_000,
        b"query=%7Bnot json&start_date=20240101",
        b"query={}&start_date=%FF",
        b"a=b&" * 100,
        b"just words",
    ],
)
def test_a_body_that_is_neither_json_nor_a_form_is_refused(content):
    with pytest.raises(UnreadableBody):
        body_of(content)


def test_a_body_is_measured_before_it_is_read():
    with pytest.raises(UnreadableBody, match="262144 bytes"):
        body_of(b'{"query": "' + b"x" * MOST_BYTES + b'"}')


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("id,username", ("id", "username")),
        ("id, username", ("id", "username")),
        (" id ,    username ,", ("id", "username")),
        ("id,id,username,id", ("id", "username")),
        ("favourites_count", ("favourites_count",)),
        ("favorites_count,favourites_count", ("favorites_count", "favourites_count")),
        (",".join(VIDEOS.returned_names), VIDEOS.returned_names),
    ],
)
def test_field_names_are_stripped_and_both_spellings_pass(text, names):
    assert ask(text).fields == names


@pytest.mark.parametrize("text", ["", " ", ",", " , ,"])
def test_without_fields_the_refusal_lists_them(text):
    message = refusal(text)

    assert message.startswith("fields: is missing in the address; name some of id,")


def test_an_unknown_field_is_named():
    assert refusal("id,sha256").startswith('fields: "sha256" is no field of a video')


def test_endless_fields_are_refused():
    assert refusal("id," * 2_000) == "fields: is too long."


@pytest.mark.parametrize("missing", [{}, {"or": [], "not": []}, {"or": None, "not": None}])
def test_lists_of_the_query_may_be_missing_null_or_empty(missing):
    assert ask(query={"and": [CATS]} | missing).query == ask().query


@pytest.mark.parametrize("place", ["and", "or", "not"])
def test_a_query_may_stand_in_any_list(place):
    found = ask(query={place: [CATS]}).query

    assert [len(part) for part in (found.all_of, found.any_of, found.none_of)] == [
        place == name for name in ("and", "or", "not")
    ]


@pytest.mark.parametrize(
    "query",
    [
        None,
        "cats",
        [],
        {},
        {"and": [], "or": [], "not": []},
        {"and": {}},
        {"and": ["c", "cats"]},
        {"and": [[CATS]]},
        {"and": [{}]},
        {"and": [CATS | {"field_values": 'c("cats", "dogs")'}]},
        {"and": [CATS | {"field_values": [["cats", "dogs"]]}]},
        {"and": [CATS | {"field_values": []}]},
        {"and": [CATS | {"field_values": ["x"] * 100_000}]},
        {"and": [CATS | {"field_values": [{"a": 1}]}]},
        {"and": [CATS | {"field_values": ["a\x00b"]}]},
        {"and": [CATS | {"field_name": ["keyword"]}]},
        {"and": [CATS | {"operation": {}}]},
        {"and": [CATS] * 1_000},
        {"and": [CATS], "xor": []},
    ],
)
def test_an_odd_query_is_refused_with_a_sentence(query):
    assert refusal(query=query)


@pytest.mark.parametrize(
    ("given", "cursor"),
    [
        ({}, 0),
        ({"cursor": None}, 0),
        ({"cursor": ""}, 0),
        ({"cursor": 0}, 0),
        ({"cursor": "0"}, 0),
        ({"cursor": 0.0}, 0),
        ({"cursor": 100}, 100),
        ({"cursor": "100"}, 100),
        ({"cursor": 1704067200.0}, 1704067200),
    ],
)
def test_a_cursor_in_any_spelling(given, cursor):
    assert ask(**given).cursor == cursor


@pytest.mark.parametrize(
    "cursor", [-1, -1.0, "-1", 0.5, "0.5", 1e-9, "1e2", "ten", "٣", True, False, [], {}, "9" * 20]
)
def test_a_negative_fractional_or_odd_cursor_is_refused(cursor):
    assert refusal(cursor=cursor) == "cursor: must be a whole number that is not negative."


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({}, 20),
        ({"max_count": None}, 20),
        ({"max_count": ""}, 20),
        ({"max_count": 1}, 1),
        ({"max_count": 100}, 100),
        ({"max_count": "100"}, 100),
        ({"max_count": 50.0}, 50),
    ],
)
def test_a_count_in_any_spelling(given, count):
    assert ask(**given).max_count == count


@pytest.mark.parametrize("count", [0, -1, 101, 10**30, 1e300, 20.5, "0", "101", "x", True, [20]])
def test_a_count_outside_1_to_100_is_refused(count):
    assert refusal(max_count=count) == "max_count: must be a whole number from 1 to 100."


@pytest.mark.parametrize(
    ("given", "search_id"),
    [
        ({}, None),
        ({"search_id": None}, None),
        ({"search_id": ""}, None),
        ({"search_id": "7201388525814961198"}, "7201388525814961198"),
        ({"search_id": 7201388525814961198}, "7201388525814961198"),
        ({"search_id": "99999999999999999999"}, "99999999999999999999"),
    ],
)
def test_a_search_id_in_any_spelling(given, search_id):
    assert ask(**given).search_id == search_id


@pytest.mark.parametrize("search_id", ["abc", "-1", -1, 7.2e18, True, [], {}, " ", "1" * 10_000])
def test_a_search_id_that_is_not_digits_is_refused(search_id):
    assert refusal(search_id=search_id).startswith("search_id: must be the digits")


@pytest.mark.parametrize(
    ("value", "is_random"),
    [
        (None, False),
        ("", False),
        (False, False),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        (0, False),
        (True, True),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        (1, True),
    ],
)
def test_is_random_in_all_forms(value, is_random):
    assert ask(is_random=value).is_random is is_random


@pytest.mark.parametrize("value", ["maybe", 2, [], {}, 0.5])
def test_is_random_that_is_neither_is_refused(value):
    assert refusal(is_random=value) == "is_random: must be true or false."


@pytest.mark.parametrize("digits", [("20240101", "20240131"), (20240101, 20240131)])
def test_a_window_of_31_calendar_days_passes(digits):
    found = ask(start_date=digits[0], end_date=digits[1]).query

    assert (found.end_date - found.start_date).days == 30


def test_one_day_is_a_window():
    found = ask(start_date="20240101", end_date="20240101").query

    assert found.start_date == found.end_date == dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    "dates",
    [
        {"end_date": "20240201"},
        {"start_date": "20240132"},
        {"start_date": None},
        {"start_date": "2024-01-01"},
        {"start_date": 10**30},
        {"end_date": "20231231"},
        {"end_date": []},
    ],
)
def test_other_windows_are_refused_by_name(dates):
    assert refusal(**dates).split(":")[0] in {"start_date", "end_date"}


@pytest.mark.parametrize("ignored", [{"fields": "id"}, {"username": "a"}, {"max_total": 5}])
def test_other_parameters_are_ignored(ignored):
    assert ask(**ignored) == ask()

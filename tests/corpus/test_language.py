"""The grammar: what it accepts, what it refuses and with which sentence."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codebook import REGION_CODES, VIDEO_QUERY_FIELDS, VIDEOS, Operation, project
from corpus.language import InvalidQuery, parse
from lib.errors import Refused

DATES = {"start_date": "20240101", "end_date": "20240131"}


def condition(field_name, operation, *values):
    return {
        "field_name": field_name,
        "operation": operation,
        "field_values": list(values),
    }


def parse_one(field_name, operation, *values):
    query = parse({"and": [condition(field_name, operation, *values)]}, **DATES)
    return query.all_of[0]


def refusal(query, **dates):
    with pytest.raises(InvalidQuery) as caught:
        parse(query, **(DATES | dates))
    return str(caught.value)


EXAMPLE = {"and": [condition("keyword", "EQ", "cat")]}


def test_a_refusal_is_a_sentence_for_the_user():
    with pytest.raises(Refused) as caught:
        parse({}, **DATES)

    assert str(caught.value) == "query: at least one of and, or, not must hold a condition."


def test_the_codebook_has_the_fields_of_the_wire_format():
    assert len(VIDEOS.returned_names) == 23
    assert len(VIDEO_QUERY_FIELDS) == 11
    assert len(REGION_CODES) == 245
    assert all(field.column in VIDEOS.by_name for field in VIDEO_QUERY_FIELDS.values())


def test_a_projection_keeps_the_order_asked_for_and_knows_the_older_spelling():
    record = {"id": 1, "favorites_count": 3, "username": "ada"}

    assert list(project(record, ["username", "like_count", "favourites_count", "id"]).items()) == [
        ("username", "ada"),
        ("favourites_count", 3),
        ("id", 1),
    ]
    assert VIDEOS.unknown_names(["id", "favourites_count", "nonsense"]) == ["nonsense"]


@pytest.mark.parametrize("absent", ["missing", "empty", "null"])
def test_a_list_may_be_missing_empty_or_null(absent):
    rest = {
        "missing": {},
        "empty": {"or": [], "not": []},
        "null": {"or": None, "not": None},
    }

    query = parse(EXAMPLE | rest[absent], **DATES)

    assert (query.any_of, query.none_of) == ((), ())
    assert query.digest() == parse(EXAMPLE, **DATES).digest()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (None, "query: must be an object with the lists and, or, not."),
        ("cats", "query: must be an object with the lists and, or, not."),
        ([], "query: must be an object with the lists and, or, not."),
        (
            {"and": [], "or": None},
            "query: at least one of and, or, not must hold a condition.",
        ),
        (EXAMPLE | {"AND": []}, 'query: unknown key "AND"; and, or, not are known.'),
        ({"and": {}}, "query.and: must be a list of conditions."),
        ({"or": "cats"}, "query.or: must be a list of conditions."),
        (
            {"not": ["cats"]},
            "query.not[0]: must be an object with operation, field_name and field_values.",
        ),
        (
            {"and": [condition("keyword", "EQ", "a") | {"values": []}]},
            'query.and[0]: unknown key "values"; operation, field_name, field_values are known.',
        ),
        (
            {"and": [{"operation": "EQ", "field_values": ["a"]}]},
            "query.and[0].field_name: nothing is not a field one can ask about; these are: "
            + ", ".join(VIDEO_QUERY_FIELDS)
            + ".",
        ),
        (
            {"and": [condition(["id"], "EQ", "a")]},
            'query.and[0].field_name: "list" is not a field one can ask about; these are: '
            + ", ".join(VIDEO_QUERY_FIELDS)
            + ".",
        ),
        (
            {"and": [condition("keyword", "LIKE", "a")]},
            'query.and[0].operation: "LIKE" is not an operation of keyword; these are: EQ, IN.',
        ),
        (
            {"and": [condition("hashtag_name", "GT", "a")]},
            'query.and[0].operation: "GT" is not an operation of hashtag_name; these are: EQ, IN.',
        ),
        (
            {"and": [condition("view_count", "eq", "1")]},
            'query.and[0].operation: "eq" is not an operation of view_count; these are: '
            + ", ".join(Operation)
            + ".",
        ),
        (
            {"and": [{"operation": "EQ", "field_name": "keyword"}]},
            "query.and[0].field_values: must be a list with at least one value.",
        ),
        (
            {"and": [{"operation": "EQ", "field_name": "keyword", "field_values": "cats"}]},
            "query.and[0].field_values: must be a list with at least one value.",
        ),
        (
            {"and": [condition("keyword", "IN")]},
            "query.and[0].field_values: must be a list with at least one value.",
        ),
        (
            {"and": [condition("keyword", "EQ", "a", "b")]},
            "query.and[0].field_values: EQ takes exactly one value, 2 were given; use IN.",
        ),
        (
            {"or": [condition("view_count", "GT", 1, 2, 3)]},
            "query.or[0].field_values: GT takes exactly one value, 3 were given.",
        ),
    ],
)
def test_a_query_of_a_wrong_shape_is_refused_with_its_place(query, sentence):
    assert refusal(query) == sentence


WHOLE = "must be a whole number that is not negative."
AN_ID = "must be an id: a whole number of up to 20 digits, as a number or as text."
REGION = "must be one of the region codes: two capital letters, such as US."
DAY = "must be a day written YYYYMMDD, such as 20240131."


@pytest.mark.parametrize(
    ("field_name", "value", "problem"),
    [
        ("keyword", 5, "must be text."),
        ("keyword", None, "must be text."),
        ("keyword", ["a", "b"], "must be text."),
        ("keyword", "", "must not be empty."),
        ("keyword", " \n", "must not be empty."),
        ("keyword", "a\0b", "holds the character U+0000, which no query may hold."),
        ("keyword", "\ud800", "holds half of a character (a lone surrogate)."),
        ("keyword", "a" * 1001, "a value has at most 1000 characters."),
        ("hashtag_name", "#", "must not be empty."),
        ("username", "@", "must not be empty."),
        ("username", True, "must be text."),
        ("region_code", "us", REGION),
        ("region_code", "KP", REGION),
        ("region_code", 1, "must be text."),
        ("video_length", "TINY", "must be one of SHORT, MID, LONG, EXTRA_LONG."),
        ("video_id", 7.5e18, AN_ID),
        ("video_id", "7,33E+18", AN_ID),
        ("video_id", "7.50E+18", AN_ID),
        ("video_id", 10**20, AN_ID),
        ("video_id", str(10**20), AN_ID),
        ("video_id", -1, AN_ID),
        ("video_id", True, AN_ID),
        ("video_id", "1" * 1001, "a value has at most 1000 characters."),
        ("music_id", "१२", AN_ID),
        ("effect_id", None, AN_ID),
        ("view_count", 2**63, WHOLE),
        ("view_count", str(2**63), WHOLE),
        ("view_count", "1" * 20, WHOLE),
        ("view_count", -1, WHOLE),
        ("view_count", "-1", WHOLE),
        ("view_count", 1.5, WHOLE),
        ("view_count", float("nan"), WHOLE),
        ("view_count", float("inf"), WHOLE),
        ("view_count", 1e300, WHOLE),
        ("view_count", "1.5", WHOLE),
        ("comment_count", False, WHOLE),
        ("comment_count", {}, WHOLE),
        ("create_date", "2024-01-01", DAY),
        ("create_date", 2024, DAY),
        ("create_date", -20240101, DAY),
        ("create_date", True, DAY),
        ("create_date", "20240230", "there is no such day."),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(field_name, value, problem):
    sentence = refusal({"and": [condition(field_name, "IN", value)]})

    assert sentence == f"query.and[0].field_values[0]: {problem}"


@pytest.mark.parametrize(
    ("field_name", "value", "parsed"),
    [
        ("keyword", "#cats", "#cats"),
        ("keyword", "100%_", "100%_"),
        ("hashtag_name", "#Cats", "Cats"),
        ("username", "@ada", "ada"),
        ("region_code", "XK", "XK"),
        ("video_id", 7320768199316943923, 7320768199316943923),
        ("video_id", "7320768199316943923", 7320768199316943923),
        ("video_id", 2**63, 2**63),
        ("video_id", 10**20 - 1, 10**20 - 1),
        ("video_id", "73207681964501650210", 73207681964501650210),
        ("music_id", 7159460238003800066, 7159460238003800066),
        ("effect_id", "0", 0),
        ("view_count", 10.0, 10),
        ("view_count", "10", 10),
        ("view_count", str(2**63 - 1), 2**63 - 1),
        ("comment_count", 3_000_000_000, 3_000_000_000),
        ("create_date", "20240229", dt.date(2024, 2, 29)),
        ("create_date", 20240229, dt.date(2024, 2, 29)),
        ("video_length", "SHORT", "SHORT"),
    ],
)
def test_the_spellings_that_clients_use_are_understood(field_name, value, parsed):
    assert parse_one(field_name, "EQ", value).values == (parsed,)


@pytest.mark.parametrize("name", sorted(VIDEO_QUERY_FIELDS))
def test_every_field_knows_eq_and_in(name):
    assert {Operation.EQ, Operation.IN} <= set(VIDEO_QUERY_FIELDS[name].operations)


def test_only_ordered_fields_know_greater_and_less():
    ordered = {name for name, field in VIDEO_QUERY_FIELDS.items() if "GT" in field.operations}

    assert ordered == {"create_date", "view_count", "comment_count", "video_length"}


def test_a_difference_of_thirty_days_passes_and_thirty_one_does_not():
    query = parse(EXAMPLE, start_date="20240101", end_date=20240131)

    assert (query.end_date - query.start_date).days == 30
    assert refusal(EXAMPLE, end_date="20240201") == (
        "end_date: must lie at most 30 days after start_date."
    )


def test_without_a_longest_window_any_dates_in_order_pass():
    query = parse(EXAMPLE, start_date="20100101", end_date="20251231", longest_days=None)

    assert query.start_date == dt.date(2010, 1, 1)


def test_the_same_day_may_be_both_dates():
    assert parse(EXAMPLE, start_date="20240101", end_date="20240101").end_date.day == 1


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ({"end_date": "20231231"}, "end_date: must not lie before start_date."),
        ({"start_date": None}, f"start_date: {DAY}"),
        ({"start_date": "1.1.2024"}, f"start_date: {DAY}"),
        ({"end_date": 20240101.0}, f"end_date: {DAY}"),
        ({"end_date": "20241301"}, "end_date: there is no such day."),
    ],
)
def test_wrong_dates_are_refused(dates, sentence):
    assert refusal(EXAMPLE, **dates) == sentence


def test_more_than_a_hundred_conditions_are_refused_before_anything_is_read():
    conditions = {
        "and": [condition("keyword", "EQ", "a")] * 60,
        "or": ["nonsense"] * 41,
    }

    assert refusal(conditions) == "query: at most 100 conditions are allowed."


def test_more_than_a_thousand_values_are_refused_before_anything_is_read():
    conditions = [
        condition("nonsense", "IN", *range(501)),
        condition("keyword", "IN", *"ab" * 250),
    ]

    assert refusal({"not": conditions}) == "query: at most 1000 values are allowed in all."


def test_a_thousand_values_of_a_thousand_letters_pass():
    query = parse({"or": [condition("keyword", "IN", *["a" * 1000] * 1000)]}, **DATES)

    assert len(query.any_of[0].values) == 1000


def test_order_spelling_and_repeats_make_no_difference_to_the_digest():
    one = parse(
        {
            "and": [
                condition("keyword", "IN", "Café", "dog"),
                condition("view_count", "GT", 5.0),
            ],
            "or": [],
        },
        **DATES,
    )
    two = parse(
        {
            "not": None,
            "and": [
                condition("view_count", "GT", "5"),
                condition("keyword", "IN", "DOG", "CAFE\u0301", "dog"),
                condition("view_count", "GT", 5),
            ],
        },
        start_date=20240101,
        end_date=dt.date(2024, 1, 31),
    )

    assert one.canonical() == two.canonical()
    assert one.digest() == two.digest()


def test_equal_to_one_and_in_a_list_of_one_are_the_same_question():
    queries = [parse({"and": [condition("keyword", name, "a")]}, **DATES) for name in ("EQ", "IN")]

    assert queries[0].digest() == queries[1].digest()


@pytest.mark.parametrize(
    "other",
    [
        {"or": [condition("keyword", "EQ", "cat")]},
        {"not": [condition("keyword", "EQ", "cat")]},
        {"and": [condition("hashtag_name", "EQ", "cat")]},
        {"and": [condition("keyword", "IN", "cat", "dog")]},
        {"and": [condition("keyword", "EQ", "cat"), condition("keyword", "EQ", "dog")]},
    ],
)
def test_different_questions_have_different_digests(other):
    assert parse(EXAMPLE, **DATES).digest() != parse(other, **DATES).digest()


def test_dates_are_part_of_the_digest():
    later = parse(EXAMPLE, start_date="20240101", end_date="20240130")

    assert parse(EXAMPLE, **DATES).digest() != later.digest()


def test_the_wire_shape_is_understood_again_as_the_same_query():
    lists = {
        "and": [
            condition("create_date", "GTE", "20240110"),
            condition("video_id", "IN", 2**62),
        ],
        "not": [condition("region_code", "EQ", "US")],
    }
    query = parse(lists, **DATES)

    wire = json.loads(json.dumps(query.to_json()))

    assert wire["query"]["and"][1]["field_values"] == [str(2**62)]
    assert parse(**wire).canonical() == query.canonical()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
nearly_conditions = st.fixed_dictionaries(
    {},
    optional={
        "field_name": st.sampled_from(sorted(VIDEO_QUERY_FIELDS)) | json_values,
        "operation": st.sampled_from(list(Operation)) | json_values,
        "field_values": st.lists(json_values, max_size=4) | json_values,
        "extra": json_values,
    },
)
nearly_queries = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(nearly_conditions | json_values, max_size=3) | json_values
        for name in ("and", "or", "not")
    },
)


def sentence_of(query, date):
    """The refusal, if there is one."""
    try:
        parse(query, start_date=date, end_date=date).digest()
    except InvalidQuery as refused:
        return str(refused)
    return ""


@given(nearly_queries | json_values, json_values | st.just("20240101"))
def test_whatever_is_sent_is_understood_or_refused_with_a_sentence(query, date):
    sentence = sentence_of(query, date)

    assert sentence == "" or sentence.startswith(("query", "start_date", "end_date"))
    assert sentence.encode().decode() == sentence

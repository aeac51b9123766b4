"""What a scope says, refuses, and leaves as the programme has it."""

import datetime as dt

import pytest

from corpus.codebook import TABLES, VIDEOS
from programmes.models import Programme
from programmes.scope import Scope, ScopeInvalid, lines_of, parse_scope, read_scope

WHOLE = {
    "tables": ["users", "videos"],
    "fields": {"videos": ["create_time", "id"]},
    "regions": ["BE", "NL"],
    "first_day": "2024-01-01",
    "last_day": "2024-06-30",
    "collaborators_limit": 3,
    "research_requests_limit": 500,
    "research_records_limit": 50_000,
    "relations_requests_limit": 0,
    "relations_records_limit": 0,
    "ends_on": "2027-01-31",
}


@pytest.mark.parametrize("nothing", [None, {}, {"tables": None, "regions": None}])
def test_what_says_nothing_leaves_everything_as_the_programme_has_it(nothing):
    scope = parse_scope(nothing)

    assert scope == Scope()
    assert not scope
    assert scope.to_json() == {}
    assert not scope.refusal_of_table("comments")
    assert not scope.refusal_of_field("videos", "view_count")
    assert not scope.refusal_of_region("US")
    assert not scope.refusal_of_first_day(dt.date(1999, 1, 1))
    assert not scope.refusal_of_last_day(dt.date(2999, 1, 1))
    assert scope.allowed_fields("videos") == VIDEOS.returned_names


def test_a_whole_scope_comes_back_from_json_as_it_went_in():
    scope = parse_scope(WHOLE)

    assert scope.to_json() == WHOLE
    assert Scope.from_json(scope.to_json()) == scope
    assert read_scope('{"regions": ["NL"]}') == parse_scope({"regions": ["NL"]})
    assert scope


def test_each_question_names_what_is_refused_and_what_is_approved():
    scope = parse_scope(WHOLE)

    assert scope.refusal_of_table("comments").endswith("it is approved for users, videos.")
    assert "the field view_count; it is approved for create_time, id." in scope.refusal_of_field(
        "videos", "view_count"
    )
    assert not scope.refusal_of_field("videos", "id")
    assert not scope.refusal_of_field("users", "bio_url")
    assert "the region US; it is approved for BE, NL." in scope.refusal_of_region("US")
    assert not scope.refusal_of_region("NL")
    assert "from 2024-01-01 on" in scope.refusal_of_first_day(dt.date(2023, 12, 31))
    assert not scope.refusal_of_first_day(dt.date(2024, 1, 1))
    assert "up to 2024-06-30" in scope.refusal_of_last_day(dt.date(2024, 7, 1))
    assert not scope.refusal_of_last_day(dt.date(2024, 6, 30))
    assert scope.allowed_fields("videos") == ("id", "create_time")


def test_an_alias_stands_for_the_field_whose_it_is():
    alias, name = "favourites_count", "favorites_count"
    approved = parse_scope({"fields": {"videos": [name]}})
    other = parse_scope({"fields": {"videos": ["id"]}})

    assert not approved.refusal_of_field("videos", alias)
    assert other.refusal_of_field("videos", alias)


def test_what_the_codebook_has_lost_since_then_allows_nothing():
    scope = Scope.from_json({"tables": ["dances"], "fields": {"dances": ["step"]}})

    assert all(scope.refusal_of_table(table) for table in TABLES)
    assert next(str(line) for line in lines_of(scope)) == "Kinds of data: "


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ([], "scope", "must be an object"),
        ("videos", "scope", "must be an object"),
        ({"countries": ["NL"]}, "countries", "is no part of a scope"),
        ({"tables": "videos"}, "tables", "must be a list of names"),
        ({"tables": []}, "tables", "leave it out to allow all"),
        ({"tables": ["films"]}, "tables", "there is no “films”; these are: comments, users"),
        ({"tables": [["videos"]]}, "tables", "there is no"),
        ({"fields": ["id"]}, "fields", "a list of fields for a table"),
        ({"fields": {}}, "fields", "there is no"),
        ({"fields": {"films": ["id"]}}, "fields", "there is no “films”"),
        ({"fields": {"videos": ["mood"]}}, "fields.videos", "there is no “mood”"),
        ({"fields": {"users": ["username"]}}, "fields.users", "there is no “username”"),
        ({"regions": ["nl"]}, "regions", "there is no “nl”"),
        ({"first_day": 20240101}, "first_day", "a day written as 2027-01-31"),
        ({"last_day": "31-12-2024"}, "last_day", "a day written as 2027-01-31"),
        ({"ends_on": "2027-02-30"}, "ends_on", "a day written as 2027-01-31"),
        (
            {"first_day": "2024-02-01", "last_day": "2024-01-01"},
            "last_day",
            "must not lie before the first day",
        ),
        (
            {"tables": ["users"], "fields": {"videos": ["id"]}},
            "fields.videos",
            "not among the kinds of data",
        ),
        ({"collaborators_limit": 10}, "collaborators_limit", "a whole number from 0 to 9"),
        ({"collaborators_limit": "3"}, "collaborators_limit", "a whole number"),
        ({"research_requests_limit": -1}, "research_requests_limit", "a whole number from 0"),
        ({"research_requests_limit": 1.5}, "research_requests_limit", "a whole number"),
        ({"research_records_limit": True}, "research_records_limit", "a whole number"),
        ({"relations_records_limit": 2**31}, "relations_records_limit", "a whole number"),
    ],
)
def test_what_is_no_scope_is_refused_with_its_place(content, place, words):
    with pytest.raises(ScopeInvalid) as refusal:
        parse_scope(content)

    assert refusal.value.place == place
    assert words in refusal.value.sentence


def test_two_scopes_together_allow_what_both_allow():
    other = parse_scope(
        {
            "fields": {"videos": ["id", "username"], "comments": ["text"]},
            "regions": ["NL", "FR"],
            "first_day": "2024-02-01",
            "last_day": "2024-12-31",
            "collaborators_limit": 5,
        }
    )

    both = parse_scope(WHOLE) & other

    assert both.to_json() == {
        **WHOLE,
        "fields": {"comments": ["text"], "videos": ["id"]},
        "regions": ["NL"],
        "first_day": "2024-02-01",
    }
    assert other & parse_scope(WHOLE) == both
    assert both & Scope() == both


def test_scopes_that_have_nothing_in_common_allow_nothing():
    both = parse_scope({"regions": ["NL"]}) & parse_scope({"regions": ["FR"]})

    assert both.refusal_of_region("NL").endswith("it is approved for none.")
    assert Scope.from_json(both.to_json()) == both
    with pytest.raises(ScopeInvalid):
        parse_scope(both.to_json())


@pytest.mark.django_db
def test_a_scope_narrows_its_programme():
    programme = Programme(collaborators_limit=4, research_requests_limit=1_000)
    parse_scope({"collaborators_limit": 4, "research_requests_limit": 1_000}).check_fits(programme)

    with pytest.raises(ScopeInvalid, match="research_requests_limit: the programme allows at most"):
        parse_scope({"research_requests_limit": 1_001}).check_fits(programme)


def test_a_scope_is_told_in_lines():
    lines = [str(line) for line in lines_of(parse_scope(WHOLE))]

    assert lines == [
        "Kinds of data: videos, users",
        "Fields of videos: id, create_time",
        "Regions: BE, NL",
        "Days of the data (UTC): 1 Jan 2024 to 30 Jun 2024",
        "Collaborators, at most: 3",
        "Requests a day: 500",
        "Records a day: 50,000",
        "Requests a day for followers and following: 0",
        "Records a day of followers and following: 0",
        "Last day of access (UTC): 31 Jan 2027",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({}, "all"),
        ({"first_day": "2024-01-01"}, "from 1 Jan 2024 on"),
        ({"last_day": "2024-01-31"}, "up to 31 Jan 2024"),
    ],
)
def test_open_ends_are_told_as_such(days, words):
    lines = {line.term: line.value for line in lines_of(parse_scope(days))}

    assert lines["Days of the data (UTC)"] == words
    assert lines["Fields"] == "all"
    assert lines["Regions"] == "all"

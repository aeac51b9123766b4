"""What a country code means to a policy, with the codes that mislead."""

import csv
from pathlib import Path

import pytest

from programmes import default_policy
from programmes.regions import (
    REGIONS,
    TERRITORIES,
    Coverage,
    codes_of,
    left_out,
    names_of,
    split_codes,
    standing,
)

FACTS = Path(__file__).parents[3] / "shared" / "data" / "regions" / "regions.csv"
DEFAULT = default_policy.COUNTRY_CODES


def region(code):
    return next(each for each in REGIONS if each.code == code)


def test_the_union_has_twenty_seven_states_and_seven_territories_with_a_code_of_their_own():
    union = region("EU")

    assert len(union.country_codes - TERRITORIES.keys()) == 27
    assert union.territories == ["AX", "GF", "GP", "MF", "MQ", "RE", "YT"]


def test_the_area_adds_three_states_to_the_union():
    assert region("EEA").country_codes - region("EU").country_codes == {"IS", "LI", "NO"}


@pytest.mark.parametrize("code", ["RE", "GP", "MQ", "GF", "YT", "AX", "MF"])
def test_a_territory_of_the_union_is_covered_and_named_as_one(code):
    answer = standing(code, DEFAULT)

    assert answer.coverage is Coverage.TERRITORY
    assert "is a territory of" in answer.sentence


@pytest.mark.parametrize("code", ["PR", "GU", "VI", "AS", "MP", "UM"])
def test_a_territory_of_the_united_states_is_covered(code):
    assert "United States" in standing(code, DEFAULT).sentence
    assert standing(code, DEFAULT).is_covered


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("GL", "Denmark"),
        ("FO", "Denmark"),
        ("NC", "France"),
        ("CW", "Netherlands"),
        ("SJ", "Norway"),
    ],
)
def test_a_place_that_is_tied_to_an_open_state_but_outside_is_not_covered_and_says_why(code, state):
    answer = standing(code, DEFAULT)

    assert not answer.is_covered
    assert "lies outside of the region" in answer.sentence
    assert state in answer.sentence


@pytest.mark.parametrize("code", ["JE", "GG", "IM", "GI"])
def test_the_dependencies_of_the_crown_are_not_the_united_kingdom(code):
    assert not standing(code, DEFAULT).is_covered


@pytest.mark.parametrize("code", ["CA", "TR", "UA", "XK", "ZZ", ""])
def test_another_country_or_no_country_at_all_is_not_covered(code):
    assert standing(code, DEFAULT).coverage is Coverage.NOT_COVERED


@pytest.mark.parametrize("code", ["NL", "NO", "GB", "CH", "US", "IS", "LI"])
def test_a_state_that_is_named_is_covered(code):
    assert standing(code, DEFAULT).coverage is Coverage.COVERED


def test_a_territory_that_the_policy_leaves_out_is_not_covered_and_says_so():
    covered = [code for code in DEFAULT if code != "RE"]

    answer = standing("RE", covered)

    assert not answer.is_covered
    assert "leaves it out" in answer.sentence
    assert left_out(covered) == ["RE"]


def test_a_territory_may_be_open_while_its_state_is_not():
    assert standing("PR", ["PR"]).coverage is Coverage.COVERED


def test_groups_and_single_countries_become_codes_and_the_other_way_round():
    codes = codes_of(["EEA", "UK"], ["CA", "NL"])

    assert split_codes(codes) == (["EU", "EEA", "UK"], ["CA"])
    assert split_codes(["US"]) == ([], ["US"])
    assert split_codes([]) == ([], [])


def test_the_default_policy_leaves_no_territory_out():
    assert left_out(DEFAULT) == []
    assert split_codes(DEFAULT) == (["EU", "EEA", "UK", "CH", "US"], [])


def test_names_are_sorted_as_people_read_them():
    assert names_of(["US", "NL", "CH"]) == [
        "Netherlands",
        "Switzerland",
        "United States of America",
    ]


@pytest.mark.skipif(not FACTS.exists(), reason="the table of facts is not on this machine")
@pytest.mark.parametrize(
    ("code", "column"),
    [("EU", "eu"), ("EEA", "eea"), ("UK", "uk"), ("CH", "ch"), ("US", "us")],
)
def test_the_states_of_each_region_are_those_of_the_table_of_facts(code, column):
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    facts = {row["code"] for row in rows if row[column] == "1"}
    if code == "US":
        facts |= {row["code"] for row in rows if row["us_territory"] == "1"}
    mine = region(code).country_codes
    assert facts - mine == set()
    assert mine - facts <= TERRITORIES.keys()

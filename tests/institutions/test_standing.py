"""What the rule says of real organisations whose registry types mislead."""

import csv
from pathlib import Path

import pytest

from institutions.models import Institution, RegistryStatus, Source
from institutions.standing import Light, country_name, standing_of
from programmes import default_policy
from programmes.models import Programme
from tests.institutions.conftest import relation, ror_record

CASES = Path(__file__).parents[3] / "shared" / "data" / "institutions" / "eligibility_cases.csv"
G, Y, R = Light.GREEN, Light.YELLOW, Light.RED

_A_UNIVERSITY = "the registry lists it as a university or college"
_CLOSED_TO = "the programme is not open in"
# Name, colour, the reason that the sentence gives. The facts stand in the list of known ones.
EXPECTED = {
    "Massachusetts Institute of Technology": (G, "open in United States of America"),
    "Harvey Mudd College": (G, _A_UNIVERSITY),
    "Grand Canyon University": (Y, "whether it works for profit is disputed"),
    "Pew Research Center": (R, "as a non-profit organisation, not as an academic one"),
    "Mozilla Foundation": (R, "as a non-profit organisation, not as an academic one"),
    "Google (United States)": (R, "the registry lists it as a company"),
    "University of Amsterdam": (G, _A_UNIVERSITY),
    "Technological University Dublin": (G, "open in Ireland"),
    "INSEAD": (G, "open in France"),
    "Central European University": (G, "open in Austria"),
    "Complexity Science Hub": (Y, "below ac.at, which is academic: it may be a research inst"),
    "Weizenbaum Institute": (Y, "a research facility, which may be part of an academic inst"),
    "Centre National de la Recherche Scientifique": (Y, "may be a public research organisation"),
    "University of Nicosia": (G, "open in Cyprus"),
    "University of Oxford": (G, "open in United Kingdom"),
    "ETH Zurich": (G, "open in Switzerland"),
    "University of Oslo": (G, "open in Norway"),
    "University of Iceland": (G, "open in Iceland"),
    "University of Belgrade": (R, f"{_CLOSED_TO} Serbia"),
    "Boğaziçi University": (R, f"{_CLOSED_TO} Türkiye"),
    "International University of Monaco": (R, f"{_CLOSED_TO} Monaco"),
    "University of Gibraltar": (R, "counts by itself and not with United Kingdom"),
    "Ilisimatusarfik": (R, "Greenland, which counts by itself and not with Denmark"),
    "Åland University of Applied Sciences": (G, "open in Åland Islands"),
    "McGill University": (R, f"{_CLOSED_TO} Canada"),
    "American University of Beirut": (R, f"{_CLOSED_TO} Lebanon"),
}


def judged(institution):
    return standing_of(
        institution,
        kinds=default_policy.INSTITUTION_KINDS,
        country_codes=Programme.objects.default().country_codes,
    )


def made(name="Sample", **changes):
    fields = {"source": Source.OWN, "name": name, "country": "NL", "kinds": ["education"]}
    return Institution.objects.create(**{**fields, **changes})


def parent_of(parent):
    return [{"type": "parent", "ror_id": parent.ror_id, "label": parent.name}]


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPECTED)
def test_each_known_case_has_its_colour_and_reason(name):
    colour, reason = EXPECTED[name]

    standing = judged(Institution.objects.get(name=name))

    assert standing.colour == colour
    assert reason in standing.sentence
    assert standing.sentence.startswith(name)
    assert standing.sentence.count(". ") == 0


@pytest.mark.django_db
@pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/data/institutions")
def test_every_case_of_the_shared_list_is_judged_from_its_own_facts():
    wrong = []
    for case in csv.DictReader(CASES.read_text(encoding="utf-8").splitlines()):
        known = Institution.objects.get(ror_id=case["ror_id"].rpartition("/")[2])
        fresh = Institution(
            name=case["name"],
            country=case["country_code"],
            kinds=case["types"].split("|"),
            domains=[case["domains"] or case["website_host"]],
            registry_status=RegistryStatus[case["status"].upper()],
            caution=known.caution,
        )
        standing = judged(fresh)
        colour, reason = EXPECTED[case["name"]]
        if standing.colour != colour or reason not in standing.sentence:
            wrong.append(f"{standing.colour} {standing.sentence}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["RE", "GP", "MQ", "GF", "YT", "AX", "PR", "GU", "VI", "AS", "MP"])
def test_territories_of_open_states_are_open_under_their_own_code(code):
    assert judged(made(country=code)).colour == G


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "state"),
    [("GL", "Denmark"), ("FO", "Denmark"), ("GI", "United Kingdom"), ("NC", "France")],
)
def test_a_territory_left_out_is_told_apart_from_its_state(code, state):
    standing = judged(made(country=code))

    assert standing.colour == R
    assert f"counts by itself and not with {state}" in standing.sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kinds", "colour", "reason"),
    [
        (["education", "funder"], G, "university or college"),
        (["education", "company"], Y, "and as a company, so it may work for profit"),
        (["company", "funder"], R, "a company"),
        (["healthcare"], Y, "may be a university hospital"),
        (["facility", "nonprofit"], Y, "a research facility"),
        (["government", "funder"], Y, "may be a public research organisation"),
        (["archive"], Y, "an archive, library or museum"),
        (["nonprofit", "funder"], R, "not as an academic one"),
        (["funder"], Y, "a funder only"),
        (["other"], Y, "does not say what kind"),
        ([], Y, "does not say what kind"),
        (["something new"], Y, "does not say what kind"),
    ],
)
def test_each_kind_has_its_colour(kinds, colour, reason):
    standing = judged(made(kinds=kinds))

    assert standing.colour == colour
    assert reason in standing.sentence


@pytest.mark.django_db
@pytest.mark.parametrize("kinds", [["facility"], ["healthcare"], ["government"], ["nonprofit"]])
def test_what_belongs_to_a_university_is_academic(kinds):
    parent = Institution.objects.get(name="ETH Zurich")

    standing = judged(made(kinds=kinds, relationships=parent_of(parent)))

    assert standing.colour == G
    assert "belongs to ETH Zurich, a university or college" in standing.sentence


@pytest.mark.django_db
def test_a_company_of_a_university_needs_a_look():
    parent = Institution.objects.get(name="ETH Zurich")

    standing = judged(made(kinds=["company"], relationships=parent_of(parent)))

    assert standing.colour == Y
    assert "a company that belongs to ETH Zurich" in standing.sentence


@pytest.mark.django_db
def test_a_university_of_a_company_needs_a_look():
    parent = Institution.objects.get(name="Google (United States)")

    standing = judged(made(relationships=parent_of(parent)))

    assert standing.colour == Y
    assert "belongs to the company Google (United States)" in standing.sentence


@pytest.mark.django_db
def test_a_parent_that_the_registry_here_lacks_is_named_all_the_same():
    parent = {"type": "parent", "ror_id": "0unknown0", "label": "Free University"}

    standing = judged(made(kinds=["facility"], relationships=[parent]))

    assert standing.colour == Y
    assert "(it belongs to Free University)" in standing.sentence


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("inactive", "the registry lists it as closed or merged (now New University)"),
        ("withdrawn", "the entry was withdrawn from the registry (now New University)"),
    ],
)
def test_a_closed_entry_names_what_came_after_it(load, status, reason):
    load(
        ror_record(1, status=status, relationships=[relation("successor", 2, "An older name")]),
        ror_record(2, "New University"),
    )

    standing = judged(Institution.objects.get(ror_id="000000001"))

    assert standing.colour == Y
    assert reason in standing.sentence


def test_a_successor_that_the_registry_here_lacks_is_named_all_the_same(load):
    load(ror_record(1, status="inactive", relationships=[relation("successor", 9, "Far Away")]))

    assert "(now Far Away)" in judged(Institution.objects.get(ror_id="000000001")).sentence


@pytest.mark.django_db
def test_a_closed_entry_without_a_successor_just_says_so():
    standing = judged(made(registry_status=RegistryStatus.INACTIVE))

    assert standing.sentence == "Sample needs a look: the registry lists it as closed or merged."


@pytest.mark.django_db
def test_a_second_seat_in_an_open_country_needs_a_look():
    standing = judged(made(country="TR", other_country_codes=["AT"]))

    assert standing.colour == Y
    assert "it has a seat in Austria, too" in standing.sentence


@pytest.mark.django_db
def test_an_unknown_country_needs_a_look():
    assert judged(made(country="")).colour == Y


@pytest.mark.parametrize(("code", "name"), [("NL", "Netherlands"), ("QQ", "QQ"), ("", "")])
def test_a_country_that_nobody_knows_stands_for_itself(code, name):
    assert country_name(code) == name

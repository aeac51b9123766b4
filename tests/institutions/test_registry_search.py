"""Finding institutions: by any name, without accents, by domain; by index at size."""

import json
from pathlib import Path

import pytest
from django.db import connection

from applications.registry import at_domain, search_registry
from institutions.folding import fold_name
from institutions.models import Institution
from tests.institutions.conftest import relation, ror_record

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "text" / "blns.json"


def names(text):
    return [each.name for each in search_registry(text)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ohio State University", "The Ohio State University"),
        ("the ohio state university", "The Ohio State University"),
        ("ETH", "ETH Zurich"),
        ("eth zuerich", "ETH Zurich"),
        ("Universite de Geneve", "University of Geneva"),
        ("universität genf", "University of Geneva"),
        ("uva.nl", "University of Amsterdam"),
        ("https://www.uva.nl/en/about", "University of Amsterdam"),
        ("anna@student.uva.nl", "University of Amsterdam"),
        ("Bogazici", "Boğaziçi University"),
        ("aland", "Åland University of Applied Sciences"),
        ("techn univ dubl", "Technological University Dublin"),
        ("Универзитет у Београду", "University of Belgrade"),
        ("massachusetts inst", "Massachusetts Institute of Technology"),
        ("hmc.edu", "Harvey Mudd College"),
        ("MIT", "Massachusetts Institute of Technology"),
    ],
)
def test_an_institution_is_found_by_any_of_its_names(text, name):
    assert names(text)[0] == name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Đà Nẵng", "da nang"),
        ("İstanbul", "istanbul"),
        ("Œuvre", "oeuvre"),
        ("A&M, Texas", "a m texas"),
        ("서울", "서울"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁne", "fine"),
        ("  --  ", ""),
    ],
)
def test_names_are_compared_in_their_plain_form(text, folded):
    assert fold_name(text) == folded


def test_the_whole_name_comes_before_the_well_known(load):
    load(
        ror_record(
            1,
            "Big University",
            aliases=["ABC Big"],
            relationships=[relation("child", n, "x") for n in range(60)],
        ),
        ror_record(2, "Small", acronyms=["ABC"]),
        ror_record(3, "ABC Alone", status="inactive"),
    )

    assert names("abc") == ["Small", "Big University", "ABC Alone"]


def test_whole_words_come_before_beginnings(load):
    load(ror_record(1, "Zorbas Institute"), ror_record(2, "Institute Zorba", types=["other"]))

    assert names("zorba") == ["Institute Zorba", "Zorbas Institute"]


def test_a_closed_institution_stays_to_be_found_last(load):
    load(ror_record(1, "Qed One", status="withdrawn"), ror_record(2, "Qed Two", types=["other"]))

    assert names("qed") == ["Qed Two", "Qed One"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "!!!",
        "& | ! <-> ( ) : * '",
        "'",
        "\\",
        "a:*b",
        "eth & !zurich",
        "\x00eth",
        "\ud800",
        "a" * 10_000,
        "ﷺ" * 3_000,
        "é " * 5_000,
        "@",
        "a@",
        "..",
        "http://[",
        "a." * 5_000,
        "%s %d {}",
    ],
)
def test_odd_input_never_fails(text):
    list(search_registry(text))
    list(at_domain(text))


@pytest.mark.django_db
@pytest.mark.skipif(not NAUGHTY.exists(), reason="needs ../shared/data/text/blns.json")
def test_naughty_strings_never_fail():
    for text in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        list(search_registry(text))
        list(at_domain(text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a@ethz.ch", "ETH Zurich"),
        ("a@cs.inf.ETHZ.ch", "ETH Zurich"),
        ("a@ethz.ch.", "ETH Zurich"),
    ],
)
def test_the_owner_of_a_domain_owns_those_below_it(address, name):
    assert [each.name for each in at_domain(address)] == [name]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["a@notethz.ch", "a@ch", "a@ethz.ch.evil.test", "a@gmail.com"])
def test_nobody_owns_a_strange_domain(address):
    assert not at_domain(address)


def test_the_nearest_owner_comes_first(load):
    load(
        ror_record(1, "All of it", domains=["big.example"]),
        ror_record(2, "Its school", domains=["law.big.example"], types=["other"]),
    )

    found = [each.name for each in at_domain("a@mail.law.big.example")]

    assert found == ["Its school", "All of it"]


def test_every_write_fills_what_the_search_reads(db):
    Institution.objects.create(ror_id="0test", name="Ünïque Place", kinds=["other"])
    Institution.objects.bulk_create(
        [Institution(ror_id="0bulk", name="Möbius", kinds=["other"], domains=["moe.example"])]
    )

    assert names("unique place") == ["Ünïque Place"]
    assert names("moebius") == ["Möbius"]
    assert names("moe.example") == ["Möbius"]


_MANY = """
INSERT INTO institutions_institution (
  id, ror_id, source, name, names, country, subdivision, place, other_country_codes, kinds,
  registry_status, relationships, domains, ror_domains, added_domains, barred_domains, website,
  caution, keys, search_text, domain_skeletons, prominence
)
SELECT gen_random_uuid(), 'x' || n, 'ROR', 'University ' || n, '[]', 'NL', '', '', '{}', '{other}',
  'ACTIVE', '[]', ARRAY['u' || n || '.example'], '{}', '{}', '{}', '', '',
  ARRAY['university ' || n], 'university ' || n || ' of w' || n % 5000,
  ARRAY['u' || n || '.example'], n % 60
FROM generate_series(1, 40000) n
"""


@pytest.fixture
def many(db):
    with connection.cursor() as cursor:
        cursor.execute(_MANY)
        cursor.execute("ANALYZE institutions_institution")


def plan_of(found):
    return found.explain()


def test_at_size_a_search_reads_indexes_only(many):
    for text in ("w77", "university w77", "univ w7", "Ohio State University", "xyzzy"):
        plan = plan_of(search_registry(text))
        assert "institution_keys" in plan
        assert "institution_search" in plan
        assert "Seq Scan" not in plan, text


def test_at_size_a_common_word_is_read_in_bounded_numbers(many):
    plan = plan_of(search_registry("university"))

    assert plan.count("Limit") >= 5
    assert "institution_prominent" in plan


def test_at_size_a_domain_is_found_by_index(many):
    for found in (
        at_domain("a@mail.u77.example"),
        Institution.objects.looking_like("a@u77.example"),
    ):
        assert "Bitmap Index Scan on institution_" in plan_of(found)
        assert "Seq Scan" not in plan_of(found)


def test_a_search_is_one_query(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        list(search_registry("university w77"))

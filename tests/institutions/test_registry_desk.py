"""The registry at the desk: everybody of staff reads, operators write."""

import pytest
from django.urls import reverse

from institutions.models import Institution, Source
from tests.institutions.conftest import relation, ror_record

REGISTRY = "/staff/institutions/"
ADD = "/staff/institutions/add/"
GIVEN = {
    "name": "Conservatory of Sample",
    "country": "NL",
    "kinds": ["education"],
    "website": "conservatory.example",
    "domains": "conservatory.example\ncs.example",
}


@pytest.fixture
def as_rita(client, rita):
    client.force_login(rita)
    return client


@pytest.fixture
def as_oscar(client, oscar):
    client.force_login(oscar)
    return client


@pytest.fixture
def eth(db):
    return Institution.objects.get(name="ETH Zurich")


def page_of(institution, name="institution"):
    return reverse(f"staff:{name}", args=[institution.pk])


def test_a_reviewer_searches_the_registry(as_rita):
    page = as_rita.get(REGISTRY, {"search": "universite de geneve"}).content.decode()

    assert "University of Geneva" in page
    assert "Add an institution" not in page


def test_a_search_that_finds_nothing_says_what_to_try(as_rita):
    assert "Try fewer words" in as_rita.get(REGISTRY, {"search": "xyzzy"}).content.decode()


def test_the_registry_says_how_old_it_is(as_rita, load):
    assert "Only the built-in list" in as_rita.get(REGISTRY).content.decode()

    load(ror_record())

    assert "as of dump.json" in as_rita.get(REGISTRY).content.decode()


def test_a_search_costs_few_queries(as_rita, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        as_rita.get(REGISTRY, {"search": "university"})


def test_an_institution_is_shown_with_what_staff_need_to_know(as_rita, load):
    load(
        ror_record(
            1,
            types=["healthcare"],
            acronyms=["SUH"],
            status="inactive",
            links=[{"type": "website", "value": "https://www.suh.example"}],
            relationships=[relation("parent", 2, "Big"), relation("successor", 3, "New Hospital")],
        ),
        ror_record(2, "Big University"),
        ror_record(3, "New Hospital"),
    )
    institution = Institution.objects.get(ror_id="000000001")

    page = as_rita.get(page_of(institution)).content.decode()

    for part in (
        "SUH",
        "belongs to Big University" if institution.is_active else "closed or merged",
        "New Hospital",
        "hospital or clinic",
        "https://ror.org/000000001",
        "(its website)",
    ):
        assert part in page
    assert "<textarea" not in page


def test_an_operator_adds_an_institution(as_oscar):
    answer = as_oscar.post(ADD, GIVEN, follow=True)

    institution = Institution.objects.get(source=Source.OWN)
    assert institution.domains == ["conservatory.example", "cs.example"]
    assert institution.website == "https://conservatory.example"
    assert "Conservatory of Sample is added." in answer.content.decode()
    assert institution.name in as_oscar.get(REGISTRY).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"kinds": []}, "This field is required."),
        ({"country": "QQ"}, "Select a valid choice."),
        ({"domains": "gmail.com"}, "to anybody"),
        ({"name": "ETH Zurich", "country": "CH"}, "is in the registry already"),
        ({"name": "A\x00B"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_added_stays_in_the_form_with_a_sentence(as_oscar, change, sentence):
    page = as_oscar.post(ADD, {**GIVEN, **change}).content.decode()

    assert sentence in page
    assert "https://conservatory.example" in page or "conservatory.example" in page
    assert not Institution.objects.filter(source=Source.OWN).exists()


def test_an_operator_changes_domains(as_oscar, eth):
    answer = as_oscar.post(
        page_of(eth, "institution_domains"),
        {"domains": "ethz.ch\r\nETH-zurich.example"},
        follow=True,
    )

    eth.refresh_from_db()
    assert eth.domains == ["ethz.ch", "eth-zurich.example"]
    assert "eth-zurich.example <span" in answer.content.decode()
    assert "(added by the operator)" in answer.content.decode()


def test_a_domain_that_cannot_be_is_refused_beside_the_field(as_oscar, eth):
    page = as_oscar.post(page_of(eth, "institution_domains"), {"domains": "ac.uk"}).content.decode()

    assert "ac.uk is shared by many institutions" in page
    assert ">ac.uk</textarea>" in page.replace("\n", "")


def test_a_note_of_caution_colours_the_institution(as_oscar, eth):
    as_oscar.post(page_of(eth, "institution_caution"), {"caution": "it is <b>moving</b>"})

    page = as_oscar.get(page_of(eth)).content.decode()

    assert "ETH Zurich needs a look: it is &lt;b&gt;moving&lt;/b&gt;." in page


def test_a_note_that_is_too_long_stays_in_the_form(as_oscar, eth):
    page = as_oscar.post(page_of(eth, "institution_caution"), {"caution": "x" * 301})

    assert "at most 300 characters" in page.content.decode()

"""The benchmark of the registry's search compares the same rows, and finds out if they differ."""

import random

import pytest

from benchmarks import registry_search as benchmark
from benchmarks.references import registry_search as reference

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(benchmark, "ROUNDS", 1)


def test_both_searches_find_the_same_in_the_same_order():
    result = benchmark.registry_search(institution_count=1_500)

    assert result["institutions"] >= 1_500
    assert result["found"] > 0
    assert len(result["pairs"]) >= 7


def test_a_search_that_leaves_a_row_out_is_found_out(monkeypatch):
    whole = benchmark.search_registry
    monkeypatch.setattr(benchmark, "search_registry", lambda text: list(whole(text))[1:])

    with pytest.raises(AssertionError):
        benchmark.registry_search(institution_count=1_500)


def test_the_made_up_registry_is_the_same_each_time():
    one, other = (list(benchmark.records(20, random.Random(1))) for _ in range(2))

    assert one == other


def test_the_reference_takes_what_was_typed_in_its_plain_form():
    assert benchmark.terms_of("Université de Köln") == reference.Terms(
        whole="universite de koln", words="universite & koln", beginnings="'universite' & 'koln':*"
    )

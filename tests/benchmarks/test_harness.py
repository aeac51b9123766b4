"""The harness: pairs in alternation, results that merge, and every benchmark found by name."""

import json

import pytest

from benchmarks.__main__ import collect, main, table, write
from benchmarks.pairs import compare


def test_a_comparison_alternates_and_answers_medians():
    order = []
    subject_costs = iter([2.0, 4.0, 6.0])
    reference_costs = iter([1.0, 4.0, 2.0])

    def measure(name, costs):
        order.append(name)
        return next(costs)

    result = compare(
        lambda: measure("subject", subject_costs),
        lambda: measure("reference", reference_costs),
        unit="ms",
        pair_count=3,
        seed=7,
    )

    assert order == ["subject", "reference", "reference", "subject", "subject", "reference"]
    assert (result["value"], result["reference"], result["ratio"]) == (4.0, 2.0, 2.0)
    assert result["pairs"] == [[2.0, 1.0], [4.0, 4.0], [6.0, 2.0]]
    assert (result["unit"], result["seed"]) == ("ms", 7)


def test_new_results_stand_beside_those_of_earlier_runs(tmp_path):
    path = tmp_path / "results.json"
    write({"b": {"value": 1}, "a": {"value": 1}}, path)

    write({"b": {"value": 2}}, path)

    assert json.loads(path.read_text()) == {"a": {"value": 1}, "b": {"value": 2}}


def test_the_table_shows_a_measure_without_a_reference():
    result = {"value": 12.5, "reference": None, "ratio": None, "unit": "s"}

    assert table({"second_start": result}).splitlines()[1].split() == [
        "second_start",
        "12.5",
        "-",
        "-",
        "s",
    ]


def test_every_promised_name_is_a_benchmark():
    names = collect()

    assert {"ledger_1", "ledger_10", "ledger_50", "ledger_many"} <= set(names)


@pytest.fixture
def nothing_configured(monkeypatch):
    monkeypatch.setattr("benchmarks.database.configure", lambda: None)


def test_an_unknown_name_is_refused_with_those_that_there_are(nothing_configured):
    with pytest.raises(SystemExit, match=r"No benchmark is called ledger_7\..*ledger_10"):
        main(["ledger_7"])


def test_without_a_database_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    with pytest.raises(SystemExit, match="Run `make bench`"):
        main([])

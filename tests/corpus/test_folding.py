"""The two ways to fold a text, in Python and in SQL, must never differ."""

import sys

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold
from corpus.storage import define_fold


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        define_fold(opened)
        yield opened


def fold_in_sql(connection, texts):
    sql = "SELECT text, fold(text) FROM unnest($texts) AS given(text)"
    return connection.execute(sql, {"texts": texts}).fetchall()


def test_every_letter_there_is_folds_alike_in_sql_and_in_python(connection):
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]

    different = [
        letter for letter, folded in fold_in_sql(connection, letters) if folded != fold(letter)
    ]

    assert different == []


def test_any_text_folds_alike_in_sql_and_in_python(connection):
    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
    def compare(texts):
        for text, folded in fold_in_sql(connection, texts):
            assert folded == fold(text)

    compare()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδός".replace("ό", "ο")),
        ("Café", "CAFE\u0301"),
        ("Привет", "ПРИВЕТ"),
        ("\uac00", "\u1100\u1161"),
    ],
)
def test_texts_that_differ_by_case_or_composition_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("cafe", "café"), ("o", "о"), ("1", "１")])
def test_accents_and_letters_that_look_alike_stay_different(one, other):
    assert fold(one) != fold(other)

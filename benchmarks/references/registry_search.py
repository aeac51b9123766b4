"""The barest search of the registry: one SELECT over the text-search index, ready-made terms.

It reads the table and columns that Carrel's search reads. It folds nothing, knows no domains, and
puts all that match in order, however many they are.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

_SEARCH = """
SELECT {columns} FROM institutions_institution
WHERE search @@ to_tsquery('simple', %(beginnings)s)
ORDER BY keys @> ARRAY[%(whole)s] DESC, search @@ to_tsquery('simple', %(words)s) DESC,
         prominence DESC, name, id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class Terms:
    """What is searched for: the whole name, its words, and its words as beginnings."""

    whole: str
    words: str
    beginnings: str


def search(
    connection: psycopg.Connection[Any], terms: Terms, *, columns: list[str], most: int
) -> list[tuple[Any, ...]]:
    statement = sql.SQL(_SEARCH).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)))
    given = {**vars(terms), "most": most}
    return connection.execute(statement, given, prepare=True).fetchall()

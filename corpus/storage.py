"""The columns as they are stored, and how a generation's files are written from them.

Structs are stored as the JSON text they came in. Ids are decimals: DuckDB would write its own wide
integers to Parquet as floats, and lose their end. Videos and users carry folded copies of what is
searched without regard to upper and lower case, so that a search folds only its own words. The
SQL here is made of the codebook's names and of our own paths.
"""

from functools import cache
from pathlib import Path

import duckdb

from corpus.codebook import MOST_ID_DIGITS, Kind, Table
from corpus.layout import SINGLE_PART

_TYPES = {
    Kind.ID: f"DECIMAL({MOST_ID_DIGITS}, 0)",
    Kind.COUNT: "BIGINT",
    Kind.SECONDS: "BIGINT",
    Kind.TIME: "BIGINT",
    Kind.BOOL: "BOOLEAN",
    Kind.TEXTS: "VARCHAR[]",
}

_KEYS = {
    "videos": {
        "description_key": "fold(video_description)",
        "hashtag_keys": "list_transform(hashtag_names, lambda name: fold(name))",
        "username_key": "fold(username)",
    },
    "users": {"username_key": "fold(username)"},
}

_ORDERS = {
    "videos": "id DESC",
    "comments": "video_id, create_time, id",
    "users": "username_key",
}

# Small enough that a block of ids opens few rows, large enough that a scan stays one.
_ROW_GROUP_ROWS = 8_192


def column_type(kind: Kind) -> str:
    return _TYPES.get(kind, "VARCHAR")


def part_expression(table: Table) -> str:
    """SQL for the part of the table in which a row lies."""
    if table.name == "videos":
        return "strftime(make_timestamp(create_time * 1000000), '%Y-%m')"
    return f"'{SINGLE_PART}'"


def define_fold(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `fold(text)` known to SQL: the same as `corpus.folding.fold`.

    SQL lowers each letter by itself; the few hundred letters for which case folding differs are
    replaced afterwards, in the rare texts that hold one. Plain ASCII takes the short way.
    """
    pairs = _fold_pairs()
    single = {found: folded for found, folded in pairs.items() if len(folded) == 1}
    expression = f"translate(t, '{''.join(single)}', '{''.join(single.values())}')"
    for found in (letter for letter in pairs if letter not in single):
        expression = f"replace({expression}, '{found}', '{pairs[found]}')"
    connection.execute(
        # Composing would end at U+0000, so texts that hold it are composed in pieces.
        "CREATE OR REPLACE TEMP MACRO composed(t) AS CASE WHEN contains(t, chr(0)) "
        "THEN array_to_string(list_transform(string_split(t, chr(0)), "
        "lambda piece: nfc_normalize(piece)), chr(0)) ELSE nfc_normalize(t) END"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO lowered(t) AS "
        "lower(replace(composed(t), '\u0130', 'i\u0307'))"
    )
    connection.execute(f"CREATE OR REPLACE TEMP MACRO unfolded(t) AS {expression}")
    special = "".join(pairs)
    connection.execute(
        "CREATE OR REPLACE TEMP MACRO fold(t) AS CASE "
        "WHEN strlen(t) = length(t) THEN lower(t) "
        # The list of one makes DuckDB compose and lower the text once, not in each branch.
        "ELSE list_transform([lowered(t)], lambda small: "
        f"CASE WHEN regexp_matches(small, '[{special}]') THEN unfolded(small) ELSE small END"
        ")[1] END"
    )


# No cased letter lies beyond; a test compares every code point there is.
_LAST_CASED = 0x1FFFF


@cache
def _fold_pairs() -> dict[str, str]:
    """Each small letter whose full case folding is not itself."""
    letters = (chr(code) for code in range(128, _LAST_CASED))
    small = {letter.lower() for letter in letters if len(letter.lower()) == 1}
    return {letter: letter.casefold() for letter in sorted(small) if letter.casefold() != letter}


def write_table(
    connection: duckdb.DuckDBPyConnection, table: Table, relation: str, folder: Path
) -> None:
    """Write every part of a relation."""
    _prepare_rows(connection, table, relation)
    parts = connection.execute("SELECT DISTINCT part FROM prepared_rows ORDER BY 1").fetchall()
    for (part,) in parts:
        _copy_part(connection, table, part, folder)


def write_part(
    connection: duckdb.DuckDBPyConnection, table: Table, relation: str, part: str, folder: Path
) -> None:
    """Write the rows of one part, sorted, as one file. `part` comes from `part_expression`."""
    _prepare_rows(connection, table, f"{relation} WHERE {part_expression(table)} = '{part}'")
    _copy_part(connection, table, part, folder)


def _prepare_rows(connection: duckdb.DuckDBPyConnection, table: Table, source: str) -> None:
    """Whatever the types of the source are, the rows have those of the codebook.

    The keys are folded here, once for all parts: inside COPY they cost several times as much.
    """
    keys = "".join(f", {sql} AS {name}" for name, sql in _KEYS.get(table.name, {}).items())
    columns = ", ".join(
        f"CAST({field.name} AS {column_type(field.kind)}) AS {field.name}" for field in table.fields
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE prepared_rows AS"
        f" SELECT {part_expression(table)} AS part, {columns}{keys} FROM {source}"
    )


def _copy_part(
    connection: duckdb.DuckDBPyConnection, table: Table, part: str, folder: Path
) -> None:
    path = folder / table.name / f"{part}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"COPY (SELECT * EXCLUDE (part) FROM prepared_rows WHERE part = '{part}'"
        f" ORDER BY {_ORDERS[table.name]})"
        f" TO '{quoted(path)}'"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP_ROWS})"
    )


def quoted(path: Path) -> str:
    """A path of our own inside an SQL literal; COPY takes no bound values."""
    return str(path).replace("'", "''")

"""Joining the incoming rows with those the corpus holds.

A row is found again by its table's key. A later value replaces an earlier one, also within one
file; a field that the later row lacks keeps its value.
"""

from pathlib import Path

import duckdb

from corpus.codebook import Table
from corpus.layout import table_files
from corpus.storage import part_expression, quoted


def remove_repeats(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Leave one row for each key in `incoming`, with the last value of each field."""
    key = table.key
    connection.execute(
        f"CREATE TABLE repeats AS SELECT {key} FROM incoming GROUP BY {key} HAVING count(*) > 1"
    )
    if not connection.execute("SELECT count(*) FROM repeats").fetchall()[0][0]:
        return
    latest = ", ".join(
        f"arg_max({field.name}, row) AS {field.name}" for field in table.fields if field.name != key
    )
    connection.execute(
        f"CREATE TABLE settled AS SELECT max(row) AS row, {key}, {latest} FROM incoming"
        f" WHERE {key} IN (FROM repeats) GROUP BY {key}"
    )
    connection.execute(f"DELETE FROM incoming WHERE {key} IN (FROM repeats)")
    connection.execute("INSERT INTO incoming BY NAME SELECT * FROM settled")


def merge(
    connection: duckdb.DuckDBPyConnection, table: Table, previous: Path | None
) -> tuple[int, list[str]]:
    """Make `merged`: all rows of every part that changes. Return how many rows were held before,
    and the parts."""
    files = table_files(previous, table.name) if previous else []
    _find_held(connection, table, files)
    part = part_expression(table)
    parts = connection.execute(
        f"SELECT DISTINCT {part} FROM incoming UNION SELECT DISTINCT part FROM held ORDER BY 1"
    ).fetchall()
    touched = [name for (name,) in parts]
    _join(connection, table, [path for path in files if path.stem in touched])
    held = connection.execute("SELECT count(*) FROM held").fetchall()[0][0]
    return held, touched


def _find_held(connection: duckdb.DuckDBPyConnection, table: Table, files: list[Path]) -> None:
    """Where the incoming keys lie now; a video may have moved to another month."""
    if not files:
        connection.execute("CREATE TABLE held (part VARCHAR)")
        return
    connection.execute(
        f"CREATE TABLE held AS SELECT {part_expression(table)} AS part"
        f" FROM {_relation(files)} WHERE {table.key} IN (SELECT {table.key} FROM incoming)"
    )


def _join(connection: duckdb.DuckDBPyConnection, table: Table, files: list[Path]) -> None:
    if not files:
        connection.execute("CREATE VIEW merged AS SELECT * FROM incoming")
        return
    columns = ", ".join(
        f"coalesce(new.{field.name}, old.{field.name}) AS {field.name}" for field in table.fields
    )
    connection.execute(
        f"CREATE TABLE merged AS SELECT {columns} FROM {_relation(files)} AS old"
        f" FULL JOIN incoming AS new ON old.{table.key} = new.{table.key}"
    )


def _relation(files: list[Path]) -> str:
    names = ", ".join(f"'{quoted(path)}'" for path in files)
    return f"read_parquet([{names}])"

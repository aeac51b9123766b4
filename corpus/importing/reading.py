"""Bringing a file into DuckDB with every value as text, in the order of the file.

DuckDB reads strictly and fast. What it refuses is read again by `mending`, slowly and row by row,
to find out which rows are at fault and to keep the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from corpus.codebook import Table
from corpus.importing import mending
from corpus.importing.report import RefusedRow
from corpus.importing.sources import Format, Source, read_header
from corpus.storage import quoted
from lib.errors import Refused

LARGEST_OBJECT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rows as text. `select` makes SQL that yields `row` and, as `v`, the named values."""

    names: list[str]
    select: Callable[[Sequence[str]], str]
    refused: list[RefusedRow]


def load(connection: duckdb.DuckDBPyConnection, source: Source, table: Table) -> Loaded:
    readers = {Format.CSV: _load_csv, Format.JSON: _load_json, Format.PARQUET: _load_parquet}
    return readers[source.format](connection, source, table)


def _load_csv(connection: duckdb.DuckDBPyConnection, source: Source, table: Table) -> Loaded:
    names, delimiter = read_header(source.path)
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(names)))
    try:
        connection.execute(
            f"CREATE TABLE cells AS SELECT * FROM read_csv('{quoted(source.path)}',"
            f" auto_detect = false, header = true, columns = {{{columns}}},"
            f" delim = '{delimiter}', quote = '\"', escape = '\"', strict_mode = true,"
            f" max_line_size = {LARGEST_OBJECT_BYTES})"
        )
    except duckdb.Error:
        path, refused = mending.mend_csv(source, delimiter)
        return _load_mended(connection, path, refused)
    cells = {name: f"nullif(c{index}, '')" for index, name in reversed([*enumerate(names)])}
    return Loaded(names, _cell_selector(cells), [])


def _load_parquet(connection: duckdb.DuckDBPyConnection, source: Source, table: Table) -> Loaded:
    relation = f"read_parquet('{quoted(source.path)}')"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        texts = ", ".join(
            f"{_parquet_text(name, kind)} AS c{index}"
            for index, (name, kind, *_rest) in enumerate(described)
        )
        connection.execute(f"CREATE TABLE cells AS SELECT {texts} FROM {relation}")
    except duckdb.Error as error:
        raise Refused(_("The Parquet file cannot be read; it may be cut off.")) from error
    names = [str(name) for name, *_rest in described]
    return Loaded(names, _cell_selector({n: f"c{i}" for i, n in enumerate(names)}), [])


def _parquet_text(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    is_nested = kind.endswith("[]") or kind.startswith(("STRUCT", "MAP"))
    return f"CAST(to_json({column}) AS VARCHAR)" if is_nested else f"CAST({column} AS VARCHAR)"


def _cell_selector(cells: dict[str, str]) -> Callable[[Sequence[str]], str]:
    def select(names: Sequence[str]) -> str:
        values = ", ".join(cells[name] for name in names)
        return f"SELECT rowid + 1 AS row, [{values}] AS v FROM cells"

    return select


def _load_json(connection: duckdb.DuckDBPyConnection, source: Source, table: Table) -> Loaded:
    """An array, JSON Lines, objects one after another, or answers of the API as they came."""
    shape = "array" if _first_letter(source) == "[" else "unstructured"
    try:
        _read_documents(connection, source, shape)
    except duckdb.Error:
        path, refused = mending.mend_json(source, table.name)
        return _load_mended(connection, path, refused)
    connection.execute(_unpack_answers(table.name))
    return _loaded_items(connection, [])


def _first_letter(source: Source) -> str:
    with source.path.open(encoding="utf-8-sig", errors="replace") as opened:
        return opened.read(4096).lstrip()[:1]


def _read_documents(connection: duckdb.DuckDBPyConnection, source: Source, shape: str) -> None:
    connection.execute(
        f"CREATE TABLE documents AS SELECT json FROM read_json_objects('{quoted(source.path)}',"
        f" format = '{shape}', maximum_object_size = {LARGEST_OBJECT_BYTES})"
    )


def _unpack_answers(table: str) -> str:
    """SQL that replaces each answer of the API by the records in it, keeping the order."""
    return f"""
        CREATE TABLE items AS
        WITH lists AS (
            SELECT rowid AS place, CASE
                WHEN json_type(json, '$.data') = 'OBJECT' AND NOT json_exists(json, '$.id')
                THEN coalesce(CAST(json_extract(json, '$.data.{table}') AS JSON[]), [])
                ELSE [json] END AS found
            FROM documents
        ), pieces AS (
            SELECT place, unnest(found) AS doc, generate_subscripts(found, 1) AS piece FROM lists
        )
        SELECT row_number() OVER (ORDER BY place, piece) AS row, doc FROM pieces
    """


def _load_mended(
    connection: duckdb.DuckDBPyConnection, path: Path, refused: list[RefusedRow]
) -> Loaded:
    connection.execute(
        "CREATE TABLE items AS SELECT CAST(json_extract(json, '$.row') AS BIGINT) AS row,"
        " json_extract(json, '$.doc') AS doc"
        f" FROM read_json_objects('{quoted(path)}', format = 'newline_delimited',"
        f" maximum_object_size = {LARGEST_OBJECT_BYTES})"
    )
    return _loaded_items(connection, refused)


def _loaded_items(connection: duckdb.DuckDBPyConnection, refused: list[RefusedRow]) -> Loaded:
    strange = connection.execute(
        "DELETE FROM items WHERE coalesce(json_type(doc), '') <> 'OBJECT' RETURNING row"
    ).fetchall()
    refused += [RefusedRow(row, _("is not an object.")) for (row,) in strange]
    rows = connection.execute("SELECT DISTINCT unnest(json_keys(doc)) FROM items").fetchall()

    def select(names: Sequence[str]) -> str:
        paths = ", ".join(_pointer(name) for name in names)
        return f"SELECT row, json_extract_string(doc, CAST([{paths}] AS VARCHAR[])) AS v FROM items"

    return Loaded(sorted(name for (name,) in rows), select, refused)


def _pointer(name: str) -> str:
    escaped = name.replace("~", "~0").replace("/", "~1").replace("'", "''")
    return f"'/{escaped}'"

"""Everything that changes a corpus.

The SQL here is made of the codebook's own names; values are read by DuckDB from the file.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from corpus import demonstration, generations
from corpus.codebook import TABLES, Table
from corpus.engines.connection import limits
from corpus.importing import ImportReport, RefusedRow
from corpus.importing.checking import judge
from corpus.importing.columns import check_required, find_addresses, find_columns
from corpus.importing.merging import merge, remove_repeats
from corpus.importing.reading import Loaded, load
from corpus.importing.sources import Source, open_source
from corpus.layout import generation_folder, scratch_folder
from corpus.models import Generation
from corpus.storage import define_fold, write_part, write_table
from lib.errors import Refused


def import_table(
    table: str, path: Path, *, corpus: str, dry_run: bool = False, skip_refused: bool = False
) -> ImportReport:
    """Read a file into a table of a corpus and publish the result as its next generation.

    If any row is refused nothing is written, unless `skip_refused`; nor with `dry_run`. Refuses a
    file that cannot be read or that holds no row for this table.
    """
    if table not in TABLES:
        problem = _("There is no table %(name)s; these can be imported: %(known)s.")
        raise Refused(problem % {"name": table, "known": ", ".join(TABLES)})
    with _workshop() as (connection, scratch):
        source = open_source(Path(path), scratch)
        report = _judge_file(connection, source, TABLES[table])
        with generations.writing(corpus):
            is_written = not dry_run and (skip_refused or not report.refused)
            return _merge_rows(connection, source, TABLES[table], corpus, report, is_written)


def load_demonstration(
    corpus: str, *, videos: int = 200_000, seed: int = demonstration.SEED
) -> Generation | None:
    """Publish invented data, if the corpus holds none; else do nothing, and say None."""
    with generations.writing(corpus):
        if Generation.objects.current(corpus):
            return None
        with _workshop() as (connection, _scratch):
            demonstration.generate(connection, videos=videos, seed=seed)
            return _publish_demonstration(connection, corpus, {"videos": videos, "seed": seed})


def _publish_demonstration(
    connection: duckdb.DuckDBPyConnection, corpus: str, details: dict[str, int]
) -> Generation:
    define_fold(connection)

    def write(folder: Path) -> None:
        for table in TABLES.values():
            write_table(connection, table, table.name, folder)

    return generations.publish(
        corpus,
        rewritten={},
        write=write,
        sources=[{"demonstration": details}],
        details={"corpus": corpus, "demonstration": details},
    )


@contextmanager
def _workshop() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A database of its own for one import, which spills to a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=scratch_folder()) as folder:
        config = limits() | {"temp_directory": folder, "preserve_insertion_order": True}
        with duckdb.connect(":memory:", config=config) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection, Path(folder)


def _judge_file(
    connection: duckdb.DuckDBPyConnection, source: Source, table: Table
) -> ImportReport:
    """Fill `incoming` with the good rows; the report counts only rows read and refused."""
    loaded = load(connection, source, table)
    columns = find_columns(table, loaded.names)
    addresses = find_addresses(table, loaded.names)
    if loaded.names:
        check_required(table, columns, addresses)
    _gather_fields(connection, table, loaded, columns, addresses)
    (given,) = connection.execute("SELECT count(*) FROM given").fetchall()[0]
    refused = sorted([*loaded.refused, *judge(connection, table)], key=_number)
    read = given + len(loaded.refused)
    if not read:
        problem = _("The file holds no %(table)s.") % {"table": table.name}
        raise Refused(problem)
    used = {name for names in columns.values() for name in names} | set(addresses)
    unused = [name for name in loaded.names if name not in used]
    return ImportReport(read, 0, 0, refused, unused, _id_addresses(connection, loaded, addresses))


def _id_addresses(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, addresses: list[str]
) -> list[str]:
    """The columns in which people find the true ids of rows whose id was shortened."""
    return [name for name in addresses if _holds_ids(connection, loaded, name)]


def _holds_ids(connection: duckdb.DuckDBPyConnection, loaded: Loaded, name: str) -> bool:
    found = connection.execute(
        f"SELECT 1 FROM ({loaded.select([name])}) JOIN judged USING (row)"
        " WHERE bad.field = 'id' AND bad.code IN ('shortened', 'fraction')"
        " AND regexp_matches(v[1], '/(video|photo)/[0-9]{10,}') LIMIT 1"
    )
    return bool(found.fetchall())


def _number(row: RefusedRow) -> int:
    return row.number


def _gather_fields(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    loaded: Loaded,
    columns: dict[str, list[str]],
    addresses: list[str],
) -> None:
    """Make `given`: one text column for each field, whatever the file calls it."""
    names = [name for found in columns.values() for name in found] + addresses
    place = {name: f"v[{index}]" for index, name in enumerate(names, start=1)}
    fields = []
    for field in table.fields:
        sources = [place[name] for name in columns.get(field.name, [])]
        if field.name == "username":
            sources += [
                f"nullif(regexp_extract({place[name]}, '@([^/?#]+)', 1), '')" for name in addresses
            ]
        value = f"coalesce({', '.join(sources)})" if sources else "CAST(NULL AS VARCHAR)"
        fields.append(f"{value} AS {field.name}")
    connection.execute(
        f"CREATE TABLE given AS SELECT row, {', '.join(fields)} FROM ({loaded.select(names)})"
    )


def _merge_rows(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    table: Table,
    corpus: str,
    report: ImportReport,
    is_written: bool,
) -> ImportReport:
    """Count what is new, and write the next generation if asked to."""
    present = Generation.objects.current(corpus)
    remove_repeats(connection, table)
    (distinct,) = connection.execute("SELECT count(*) FROM incoming").fetchall()[0]
    previous = generation_folder(corpus, present.name) if present else None
    held, parts = merge(connection, table, previous)
    added = distinct - held
    updated = report.read - len(report.refused) - added
    generation = ""
    if is_written and distinct:
        generation = _write(connection, source, table, corpus, parts, (added, updated)).name
    return replace(report, added=added, updated=updated, generation=generation)


def _write(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    table: Table,
    corpus: str,
    parts: list[str],
    counts: tuple[int, int],
) -> Generation:
    define_fold(connection)

    def write(folder: Path) -> None:
        for part in parts:
            write_part(connection, table, "merged", part, folder)

    origin = {"table": table.name, "file": source.name, "sha256": source.sha256}
    details = {
        "corpus": corpus,
        "table": table.name,
        "sha256": source.sha256,
        "added": counts[0],
        "updated": counts[1],
    }
    return generations.publish(
        corpus, rewritten={table.name: parts}, write=write, sources=[origin], details=details
    )

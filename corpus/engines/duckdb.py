"""The default engine: DuckDB over the immutable Parquet files of a generation."""

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import msgspec
from sqlglot import exp

from corpus.codebook import VIDEOS, Kind
from corpus.engines.compiling import Compiler
from corpus.engines.connection import cursor
from corpus.engines.interface import BLOCK_SIZE, Frozen, GenerationGone, Period
from corpus.language import Query
from corpus.layout import generation_folder, table_files, video_files

_COLUMNS = VIDEOS.returned_names
_WIDE = tuple(field.name for field in VIDEOS.fields if field.kind is Kind.ID)
_STRUCTS = tuple(field.name for field in VIDEOS.fields if field.kind is Kind.STRUCT)


class DuckDBEngine:
    """Reads the videos of one generation. It holds no state but names, so it is cheap to make."""

    def __init__(self, corpus: str, generation: str) -> None:
        self.corpus = corpus
        self.generation = generation
        self._folder = generation_folder(corpus, generation)

    def period(self) -> Period | None:
        if not self._folder.is_dir():
            raise GenerationGone(self.corpus, self.generation)
        return _period(self._folder)

    def count(self, query: Query) -> int:
        compiler = Compiler()
        statement = exp.select(exp.Count(this=exp.Star())).where(compiler.matches(query))
        rows = self._rows(query, statement, compiler)
        return rows[0][0] if rows else 0

    def freeze(self, query: Query) -> Frozen:
        """One pass that brings back the count and every thousandth id."""
        compiler = Compiler()
        ordered = exp.Order(this=exp.column("id"), expressions=[_descending("id")])
        ids = exp.ArrayAgg(this=ordered)
        bounds = [ids, *(exp.Literal.number(n) for n in (1, -1, BLOCK_SIZE))]
        statement = exp.select(
            exp.Count(this=exp.Star()), exp.Anonymous(this="list_slice", expressions=bounds)
        ).where(compiler.matches(query))
        rows = self._rows(query, statement, compiler)
        total, boundaries = rows[0] if rows else (0, None)
        return Frozen(total, tuple(map(int, boundaries or ())), BLOCK_SIZE)

    def block(self, query: Query, frozen: Frozen, index: int) -> list[dict[str, Any]]:
        if not 0 <= index < len(frozen.boundaries):
            return []
        compiler = Compiler()
        first = exp.LTE(
            this=exp.column("id"), expression=compiler.bind_id(frozen.boundaries[index])
        )
        parts = [compiler.matches(query), first]
        if index + 1 < len(frozen.boundaries):
            following = compiler.bind_id(frozen.boundaries[index + 1])
            parts.append(exp.GT(this=exp.column("id"), expression=following))
        statement = _select_records().where(*parts).order_by(_descending("id"))
        return [_record(row) for row in self._rows(query, statement, compiler)]

    def sample(self, query: Query, *, seed: int, count: int) -> list[dict[str, Any]]:
        """Ordered by a digest of seed and id, which no version of the engine changes."""
        compiler = Compiler()
        salted = exp.Anonymous(
            this="concat", expressions=[compiler.bind(f"{seed}:"), exp.column("id")]
        )
        statement = (
            _select_records()
            .where(compiler.matches(query))
            .order_by(exp.MD5(this=salted), _descending("id"))
            .limit(compiler.bind(count))
        )
        return [_record(row) for row in self._rows(query, statement, compiler)]

    def _rows(
        self, query: Query, statement: exp.Select, compiler: Compiler
    ) -> list[tuple[Any, ...]]:
        """Run a statement over the months of the window; without any file there is no row."""
        files = video_files(self._folder, query.start_date, query.end_date)
        if not self._folder.is_dir():
            raise GenerationGone(self.corpus, self.generation)
        if not files:
            return []
        source = exp.Anonymous(
            this="read_parquet", expressions=[compiler.bind([str(path) for path in files])]
        )
        sql = statement.from_(exp.Table(this=source)).sql(dialect="duckdb")
        try:
            with cursor() as opened:
                return opened.execute(sql, compiler.parameters).fetchall()
        except duckdb.IOException as error:
            if all(path.exists() for path in files):
                raise
            raise GenerationGone(self.corpus, self.generation) from error


@lru_cache(maxsize=32)
def _period(folder: Path) -> Period | None:
    """Files are named by months and never change, so the first and the last tell, and once."""
    files = [str(path) for path in table_files(folder, "videos")]
    if not files:
        return None
    sql = "SELECT min(create_time), max(create_time) FROM read_parquet($files)"
    with cursor() as opened:
        rows = opened.execute(sql, {"files": sorted({files[0], files[-1]})}).fetchall()
    first, last = (dt.datetime.fromtimestamp(moment, dt.UTC).date() for moment in rows[0])
    return Period(first, last)


def _select_records() -> exp.Select:
    """The returned columns; ids as whole numbers, which Python would else get as decimals."""
    columns = (
        exp.alias_(exp.cast(name, "HUGEINT", dialect="duckdb"), name) if name in _WIDE else name
        for name in _COLUMNS
    )
    return exp.select(*columns)


def _descending(column: str) -> exp.Ordered:
    return exp.Ordered(this=exp.column(column), desc=True)


def _record(row: tuple[Any, ...]) -> dict[str, Any]:
    """One row as the wire has it: what is absent has no key."""
    record = {name: value for name, value in zip(_COLUMNS, row, strict=True) if value is not None}
    for name in _STRUCTS:
        if name in record:
            record[name] = msgspec.json.decode(record[name])
    return record

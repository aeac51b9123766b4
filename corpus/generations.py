"""Writing a generation: a new folder beside the old ones, whole and on disk before it is seen.

A reader sees the generation that the database names. The folder gets its name only when it is
complete, and the database names it only after that, so no reader ever sees half of one.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.db import transaction
from django.db.models import Max

from audit import log
from corpus.codebook import TABLES
from corpus.layout import corpus_folder, generation_folder, table_files
from corpus.models import Generation
from lib.time import now


@contextmanager
def writing(corpus: str) -> Iterator[None]:
    """One writer of a corpus at a time. The lock ends with its process, however that ends."""
    folder = corpus_folder(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".writing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(
    corpus: str,
    *,
    rewritten: dict[str, list[str]],
    write: Callable[[Path], None],
    sources: list[dict[str, Any]],
    details: dict[str, Any],
) -> Generation:
    """Make the next generation and let readers see it. Call it only while `writing`.

    `rewritten` names for each table the parts that `write` writes anew; it leaves out those that
    became empty. All other files are shared with the present generation.
    """
    present = Generation.objects.current(corpus)
    number = 1 + (_last_number(corpus) or 0)
    row = Generation(corpus=corpus, number=number)
    folder = generation_folder(corpus, row.name)
    building = folder.with_name(f".{row.name}")
    for remains in (building, folder):  # of a writer that died before the database named them
        shutil.rmtree(remains, ignore_errors=True)
    building.mkdir()
    if present:
        _share(generation_folder(corpus, present.name), building, rewritten)
    write(building)
    row.table_counts = count_rows(building)
    row.sources = [*(present.sources if present else []), *sources]
    _flush(building)
    building.rename(folder)
    _flush_folder(folder.parent)
    return _announce(row, details)


def _last_number(corpus: str) -> int | None:
    return Generation.objects.filter(corpus=corpus).aggregate(last=Max("number"))["last"]


@transaction.atomic
def _announce(row: Generation, details: dict[str, Any]) -> Generation:
    Generation.objects.filter(corpus=row.corpus, is_current=True).update(is_current=False)
    row.is_current = True
    row.published_at = now()
    row.save(force_insert=True)
    log.record("corpus.imported", by=None, subject=row, details=details)
    return row


def _share(present: Path, building: Path, rewritten: dict[str, list[str]]) -> None:
    for table in TABLES:
        for path in table_files(present, table):
            if path.stem not in rewritten.get(table, []):
                (building / table).mkdir(exist_ok=True)
                _link(path, building / table / path.name)


def _link(path: Path, target: Path) -> None:
    """Files are never changed, so a second name is as good as a copy, where there can be one."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def count_rows(folder: Path) -> dict[str, int]:
    """Rows of each table, from the files' own footers."""
    counts = {}
    with duckdb.connect(":memory:") as connection:
        for table in TABLES:
            files = [str(path) for path in table_files(folder, table)]
            sql = "SELECT count(*) FROM read_parquet($files)"
            counts[table] = (
                connection.execute(sql, {"files": files}).fetchall()[0][0] if files else 0
            )
    return counts


def _flush(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _flush_folder(path)
        else:
            with path.open("rb") as opened:
                os.fsync(opened.fileno())
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The DuckDB connection of a process: in memory, with bounded threads and memory, and shut in.

It is opened at the first use after a fork, never inherited: DuckDB's threads do not survive a
fork. The connection can read the corpus and its own scratch folder, and nothing else.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings

from corpus.layout import corpora_folder, scratch_folder

# Connections of a parent process stay in here untouched: closing one in a child would wait for
# threads that exist in the parent only.
_connections: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
_opening = threading.Lock()


@contextmanager
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of this process's connection; each call has its own, so threads may overlap."""
    opened = _connection().cursor()
    try:
        yield opened
    finally:
        opened.close()


def _connection() -> duckdb.DuckDBPyConnection:
    key = (os.getpid(), corpora_folder())
    with _opening:
        if key not in _connections:
            _connections[key] = _open()
        return _connections[key]


def limits() -> dict[str, Any]:
    return {
        "threads": settings.DUCKDB_THREADS,
        "memory_limit": settings.DUCKDB_MEMORY_LIMIT,
        "temp_directory": str(scratch_folder()),
    }


def _open() -> duckdb.DuckDBPyConnection:
    folder = corpora_folder()
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(":memory:", config=limits())
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET allowed_directories = $folders", {"folders": [str(folder)]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection

"""A database of its own for the benchmarks, on the server that DATABASE_URL names."""

import contextlib
import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import django
from django.core.management import call_command
from django.db import connection, connections

NAME = "bench_carrel"


def configure() -> None:
    """Point Carrel's settings, and those of every process started from here, at the database."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise SystemExit(
            "DATABASE_URL is not set. Run `make bench`, which starts a server, "
            "or name your own PostgreSQL server in it."
        )
    os.environ["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{NAME}").geturl()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()


@contextlib.contextmanager
def made_and_dropped() -> Iterator[None]:
    """Make the database anew, migrated; drop it in the end."""
    _drop()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        _drop()


def _drop() -> None:
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")

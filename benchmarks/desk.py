"""`review_queue`, `application_detail`: a page at 100,000 applications beside the same at 1,000.

Two databases stand side by side and are asked in turn. A cost is the median time of the page with
each of its filters; the facts say for each how many questions it asks and how many bytes it sends.
"""

import contextlib
import logging
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from applications.models import Application
from benchmarks.database import NAME
from benchmarks.many_applications import SEED, make_applications, make_reviewers, settle
from benchmarks.pairs import compare

SMALL, LARGE = 1_000, 100_000
_LARGE_NAME = f"{NAME}_large"
_ROUNDS = 3
# Pages name static files as they lie; nothing is collected for a run.
_PLAIN_STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
QUEUE_PAGES: dict[str, dict[str, str]] = {
    "plain": {},
    "mine": {"who": "mine"},
    "unassigned": {"who": "none"},
    "stage": {"stage": "CONSOLIDATING"},
    "colour": {"colour": "RED"},
    "country": {"country": "CH"},
    "overdue": {"overdue": "on"},
    "resubmitted": {"resubmitted": "on"},
    "rare word": {"q": "unheard"},
    "common word": {"q": "study"},
    "two words": {"q": "elections floods"},
    "word and colour": {"q": "floods", "colour": "RED"},
    "closed": {"show": "decided"},
    "closed and colour": {"show": "decided", "colour": "RED"},
}

# The pages to ask for, by name: an address and its query.
Pages = Callable[[], dict[str, tuple[str, dict[str, str]]]]


def review_queue() -> dict[str, Any]:
    return _compare_sizes(_queue_pages)


def application_detail() -> dict[str, Any]:
    return _compare_sizes(_files)


def _compare_sizes(pages: Pages) -> dict[str, Any]:
    large: dict[str, float] = {}
    small: dict[str, float] = {}
    with _both_sizes():
        result = compare(
            lambda: _cost(_LARGE_NAME, pages, large),
            lambda: _cost(NAME, pages, small),
            unit="ms a page, the median over its kinds",
            applications=LARGE,
            reference_applications=SMALL,
            seed=SEED,
            large=_weigh(_LARGE_NAME, pages),
            small=_weigh(NAME, pages),
        )
    return {**result, "ms_by_page": large, "reference_ms_by_page": small}


@contextlib.contextmanager
def _both_sizes() -> Iterator[None]:
    """The database of the run at the small size, and a copy of it filled to the large one."""
    logging.disable(logging.WARNING)
    if not User.objects.filter(email__startswith="reviewer-").exists():
        reviewers = make_reviewers()
        make_applications(SMALL, reviewers)
        settle()
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {_LARGE_NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {_LARGE_NAME} TEMPLATE {NAME}")
    try:
        with _connected_to(_LARGE_NAME):
            reviewers = list(User.objects.filter(email__startswith="reviewer-").order_by("id"))
            make_applications(LARGE - SMALL, reviewers)
            settle()
        yield
    finally:
        logging.disable(logging.NOTSET)
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_LARGE_NAME} WITH (FORCE)")


@contextlib.contextmanager
def _connected_to(name: str) -> Iterator[None]:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        with override_settings(ALLOWED_HOSTS=["*"], STORAGES=_PLAIN_STORAGES):
            yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = NAME


def _queue_pages() -> dict[str, tuple[str, dict[str, str]]]:
    address = reverse("staff:applications")
    return {name: (address, query) for name, query in QUEUE_PAGES.items()}


def _files() -> dict[str, tuple[str, dict[str, str]]]:
    """The file that is due first in each stage."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for status in ("SUBMITTED", "IN_REVIEW", "CONSOLIDATING"):
        of_stage = Application.objects.reviewable_by(_viewer()).filter(status=status)
        first = of_stage.earliest("due_at", "id")
        found[status] = (reverse("staff:application", args=[first.pk]), {})
    return found


def _viewer() -> User:
    return User.objects.get(email="reviewer-0@bench.test")


def _cost(name: str, pages: Pages, kept: dict[str, float]) -> float:
    """The median of the pages, each the best of some rounds after one that is not counted."""
    with _connected_to(name):
        client = Client()
        client.force_login(_viewer())
        asked = pages()
        rounds = [
            {page: _time(client, *where) for page, where in asked.items()}
            for _ in range(1 + _ROUNDS)
        ]
    times = {page: min(each[page] for each in rounds[1:]) for page in asked}
    kept.update({page: round(ms, 2) for page, ms in times.items()})
    return statistics.median(times.values())


def _time(client: Client, address: str, query: dict[str, str]) -> float:
    started = time.perf_counter()
    page = client.get(address, query)
    spent = (time.perf_counter() - started) * 1000
    assert page.status_code == 200, (address, query, page.status_code)
    return spent


def _weigh(name: str, pages: Pages) -> dict[str, int]:
    """The most questions to the database, and the most bytes, that any of the pages takes."""
    queries, weights = [], []
    with _connected_to(name):
        client = Client()
        client.force_login(_viewer())
        for address, query in pages().values():
            with CaptureQueriesContext(connection) as asked:
                page = client.get(address, query)
            queries.append(len(asked))
            weights.append(len(page.content))
    return {"queries": max(queries), "bytes": max(weights)}


BENCHMARKS = {"review_queue": review_queue, "application_detail": application_detail}

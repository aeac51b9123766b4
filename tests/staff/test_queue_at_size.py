"""The queue at size: as few questions to the database as ever, each answered by an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.many_applications import make_applications, make_reviewers, settle
from tests.staff.conftest import Desk

SIZE = 10_000
PAGES = {
    "plain": {},
    "mine": {"who": "mine"},
    "unassigned": {"who": "none"},
    "stage": {"stage": "APPEALED"},
    "colour": {"colour": "RED"},
    "country": {"country": "CH"},
    "overdue": {"overdue": "on"},
    "resubmitted": {"resubmitted": "on"},
    "rare word": {"q": "unheard"},
    "common word": {"q": "study"},
    "two words": {"q": "elections floods"},
    "word and colour": {"q": "floods", "colour": "RED"},
    "with the applicant": {"show": "applicant"},
    "closed": {"show": "decided"},
    "closed red": {"show": "decided", "colour": "RED"},
    "closed rare word": {"show": "decided", "q": "unheard"},
}
MOST_QUERIES = 12
MOST_BYTES = 60 * 1024


@pytest.fixture
def large_desk(client, db):
    reviewers = make_reviewers()
    make_applications(SIZE, reviewers)
    settle()
    return Desk(client, reviewers[0])


def test_each_page_of_a_long_queue_is_small_and_asks_little_and_only_by_index(large_desk):
    plain = large_desk.queue()
    following = {"following": {"after": str(plain.context["page"].after)}}
    wrong, counts = [], set()
    for name, query in {**PAGES, **following}.items():
        with CaptureQueriesContext(connection) as asked:
            page = large_desk.client.get(reverse("staff:applications"), query)
        counts.add(len(asked))
        scanned = [each["sql"] for each in asked if _scans(each["sql"])]
        if scanned or len(asked) > MOST_QUERIES or len(page.content) > MOST_BYTES:
            wrong.append((name, len(asked), len(page.content), scanned))
        assert page.context["rows"], name
        assert page.context["count"] <= 101, name

    assert not wrong, wrong
    # What waits for the reader is asked for on the plain page only.
    assert len(counts) <= 2


def _scans(sql):
    """Whether the database would read all applications to answer this."""
    if not sql.startswith("SELECT") or "applications_application" not in sql:
        return False
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
        plan = cursor.fetchone()[0][0]["Plan"]
    return any(_is_scan(node) for node in _nodes(plan))


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _is_scan(node):
    return node["Node Type"] == "Seq Scan" and node["Relation Name"].startswith("applications_")

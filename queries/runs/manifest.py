"""How a result was made, so that somebody else can check and repeat it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from queries.models import Page, Run

if TYPE_CHECKING:
    from queries.runs.result import StoredFiles


def make_manifest(run: Run, files: StoredFiles) -> dict[str, Any]:
    """What was asked, of which data, page by page, and the hashes of what came out."""
    query, search = run.query, run.search
    assert search is not None  # noqa: S101  a complete run has its search
    pages = list(run.pages.defer("records"))
    return {
        "run": str(run.pk),
        "organization": str(run.organization_id),
        "query": {
            "id": str(query.pk),
            "name": query.name,
            "definition": query.definition,
            "start_date": f"{query.start_date:%Y%m%d}",
            "end_date": f"{query.end_date:%Y%m%d}",
            "fields": query.fields,
        },
        "corpus": {"name": search.corpus, "generation": search.generation},
        "totals": {"found": search.total_count, "records": run.record_count, "pages": len(pages)},
        "quota": {"bucket": "research", "requests": len(pages), "records": run.record_count},
        "pages": [_page(page) for page in pages],
        "gaps": _gaps(pages, search.total_count),
        "files": {
            "csv": {"sha256": files.csv_hash},
            "json_lines": {"sha256": files.json_lines_hash},
        },
        "carrel_version": carrel_version(),
    }


@cache
def carrel_version() -> str:
    """The version of the program that made the result, from where the project states it."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "cursor": page.cursor,
        "records": page.record_count,
        "sha256": page.records_hash,
        "fetched_at": page.fetched_at.isoformat(),
    }


def _gaps(pages: list[Page], total: int) -> list[dict[str, int]]:
    """Stretches of the search that no page covers; none, unless something went wrong."""
    gaps, reached = [], 0
    for page in pages:
        if page.cursor > reached:
            gaps.append({"from": reached, "to": page.cursor})
        reached = max(reached, page.cursor + page.record_count)
    if reached < total:
        gaps.append({"from": reached, "to": total})
    return gaps

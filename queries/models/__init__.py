"""What a lab asks, each execution of it, its pages and the result; frozen searches; and shares."""

from queries.models.asking import OfLabQuerySet, Page, Query, Result, Run, Search, SearchChunk
from queries.models.shares import Share

__all__ = [
    "OfLabQuerySet",
    "Page",
    "Query",
    "Result",
    "Run",
    "Search",
    "SearchChunk",
    "Share",
]

"""Cutting a record down to the fields that were asked for."""

from collections.abc import Sequence
from typing import Any

from corpus.codebook.declarations import Table
from corpus.codebook.videos import VIDEOS


def project(
    record: dict[str, Any], fields: Sequence[str], *, table: Table = VIDEOS
) -> dict[str, Any]:
    """The fields asked for, in that order and spelling; what is absent stays absent."""
    known = table.by_name
    found: dict[str, Any] = {}
    for asked in fields:
        field = known.get(asked)
        if field is not None and field.name in record:
            found[asked] = record[field.name]
    return found

"""What an ORCID record tells of a person: where they work and who says so, and how many works.

ORCID is asked at one address only, that of the settings; the iD in it is checked by its form, no
redirect is followed, and an answer has to be short and quick. Nothing else is ever asked for.
"""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import requests
from django.conf import settings

_ORCID_ID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
# Seconds to connect, and between two pieces of the answer.
_TIMEOUT = (3.05, 8)
# And for the whole of it.
_MOST_SECONDS = 20
# The longest records have some megabytes of works; of those the number is all that is asked for.
_MOST_BYTES = 8 * 1024 * 1024
_MOST_EMPLOYMENTS = 50


class OrcidUnreachable(Exception):
    """ORCID did not answer, or not what its documentation promises."""


@dataclass(frozen=True)
class Employment:
    """One employment of a record. Days are as precise as the record: 2019, 2019-04, 2019-04-01.

    `is_own_word` is whether the person entered it, directly or through somebody's form.
    """

    organization: str
    organization_id: str
    started: str
    ended: str
    source: str
    is_own_word: bool

    def is_current(self, day: str) -> bool:
        """Whether it has not ended before a day; a year counts to its end."""
        return not self.ended or self.ended >= day[: len(self.ended)]

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Told:
    """What one look at a record showed."""

    employments: list[Employment]
    works_count: int


def is_orcid_id(text: str) -> bool:
    return bool(_ORCID_ID.fullmatch(text))


def ask_orcid(orcid_id: str) -> Told:
    """Look at the public record of a person. Raises OrcidUnreachable."""
    if not is_orcid_id(orcid_id):
        raise OrcidUnreachable("no ORCID iD")
    return Told(
        employments=read_employments(_fetch(f"{orcid_id}/employments")),
        works_count=count_works(_fetch(f"{orcid_id}/works")),
    )


def _fetch(path: str) -> Any:
    address = f"{settings.ORCID_API_URL}/v3.0/{path}"
    headers = {"Accept": "application/orcid+json"}
    try:
        with requests.get(
            address, headers=headers, timeout=_TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise OrcidUnreachable(f"status {answer.status_code}")
            return json.loads(_read(answer))
    except (requests.RequestException, ValueError, RecursionError) as problem:
        raise OrcidUnreachable(type(problem).__name__) from problem


def _read(answer: requests.Response) -> bytes:
    read, end = bytearray(), time.monotonic() + _MOST_SECONDS
    for piece in answer.iter_content(64 * 1024):
        read += piece
        if len(read) > _MOST_BYTES or time.monotonic() > end:
            raise OrcidUnreachable("answer too long")
    return bytes(read)


def read_employments(told: Any) -> list[Employment]:
    """The employments of an answer; a shape that we do not know is a fault."""
    try:
        return [_read_employment(each) for each in _summaries(told)][:_MOST_EMPLOYMENTS]
    except (AttributeError, KeyError, TypeError) as problem:
        raise OrcidUnreachable("unknown shape") from problem


def _summaries(told: Any) -> Iterator[dict[str, Any]]:
    """Every source's entry: the institution's may stand beside the person's own."""
    for group in told["affiliation-group"]:
        for summary in group["summaries"]:
            yield summary["employment-summary"]


def _read_employment(summary: dict[str, Any]) -> Employment:
    organization, source = summary["organization"], summary.get("source") or {}
    known = organization.get("disambiguated-organization") or {}
    return Employment(
        organization=str(organization["name"])[:200],
        organization_id=str(known.get("disambiguated-organization-identifier") or "")[:200],
        started=_day(summary.get("start-date")),
        ended=_day(summary.get("end-date")),
        source=_name(source)[:200],
        is_own_word=_is_own_word(source),
    )


def _is_own_word(source: dict[str, Any]) -> bool:
    """The person is the source, or a program wrote it down in the person's name."""
    return not source.get("source-client-id") or bool(source.get("assertion-origin-orcid"))


def _name(source: dict[str, Any]) -> str:
    named = source.get("assertion-origin-name") or source.get("source-name") or {}
    return str(named.get("value") or "")


def _day(date: dict[str, Any] | None) -> str:
    """As text, because records hold days that no calendar has."""
    parts = [(date or {}).get(part) or {} for part in ("year", "month", "day")]
    given = [str(part["value"]) for part in parts if part.get("value")]
    return "-".join(given)[:10]


def count_works(told: Any) -> int:
    """How many works there are; the same work from several sources is one group."""
    try:
        return len(told["group"])
    except (KeyError, TypeError) as problem:
        raise OrcidUnreachable("unknown shape") from problem

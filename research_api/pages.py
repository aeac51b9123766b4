"""One page of a search: finding the search, paying for the page, reading it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import transaction

from corpus.codebook import project
from corpus.engines import GenerationGone
from lib import time
from organizations.actions import note_client_use
from organizations.models import Client
from queries import searches
from queries.models import Search
from queries.scope import OutsideScope, TableOutsideScope, check_in_scope
from quotas import actions as quotas
from quotas.refusals import AccessEnded, ChargeGone, QuotaBusy, QuotaExhausted
from research_api import errors
from research_api.parsing import VideoRequest

ENDPOINT = "video/query"
_BUSY_SECONDS = 1

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class VideoPage:
    """What the wire answers: the records, and where the next page begins."""

    videos: list[dict[str, Any]]
    cursor: int
    has_more: bool
    search_id: str


def fetch_page(asked: VideoRequest, *, client: Client, key: str) -> VideoPage:
    """Charge one page to the client's lab and read it.

    1. What can be refused without reading the corpus is refused first: it costs one SELECT and
       writes nothing.
    2. The reservation is committed before any record is read. A search that is already frozen
       says how many records the page holds; a new one is paid for in full and settled down.
    3. If anything fails after that, the reservation is given back.
    """
    _check_scope(asked, client)
    search = _find_search(asked, client)
    wanted = asked.max_count if search is None else _count_at(search, asked)
    charge = _reserve(client, wanted, key)
    try:
        search = search or _open_search(asked, client)
        page = _read_page(search, asked, most=charge.records)
        note_client_use(client)
    except Exception:
        # A reservation that has run out meanwhile is given back already.
        with suppress(ChargeGone):
            quotas.release(charge_id=charge.charge_id)
        raise
    _settle(charge, len(page.videos), key)
    return page


def _check_scope(asked: VideoRequest, client: Client) -> None:
    """The scope came with the token: refusing costs no further SELECT."""
    try:
        check_in_scope(client.approved_data, asked.query, asked.fields)
    except TableOutsideScope as refusal:
        raise errors.scope_not_authorized(refusal.sentence) from refusal
    except OutsideScope as refusal:
        raise errors.scope_permission_missed(refusal.sentence) from refusal


def _find_search(asked: VideoRequest, client: Client) -> Search | None:
    """The search that the request names or continues; None for a new one."""
    if asked.search_id is None:
        if not asked.cursor:
            return None
        return searches.newest_search(client=client, query=asked.query, is_random=asked.is_random)
    try:
        return searches.find_search(
            search_id=int(asked.search_id),
            organization_id=client.organization_id,
            query=asked.query,
        )
    except searches.SearchUnknown as refusal:
        raise errors.invalid_search_id(asked.search_id) from refusal


@transaction.atomic
def _open_search(asked: VideoRequest, client: Client) -> Search:
    """Freeze a new search; one that the cursor oversteps is not kept."""
    search = searches.open_search(
        organization=client.membership.organization,
        client=client,
        query=asked.query,
        is_random=asked.is_random,
        count=asked.max_count,
    )
    _count_at(search, asked)
    return search


def _count_at(search: Search, asked: VideoRequest) -> int:
    """How many records the page holds. A page that begins at the very end is empty."""
    if asked.cursor > search.total_count:
        raise errors.invalid_cursor()
    return searches.records_at(search, asked.cursor, asked.max_count)


def _read_page(search: Search, asked: VideoRequest, *, most: int) -> VideoPage:
    """At most `most` records. The cursor goes on by the count asked for, as on the wire; on a
    page that the quota cut short, by what was delivered, so that nothing is skipped."""
    held = _count_at(search, asked)
    try:
        records = searches.read_records(search, cursor=asked.cursor, count=min(held, most))
    except GenerationGone as refusal:
        raise errors.invalid_search_id(str(search.pk)) from refusal
    cursor = asked.cursor + (len(records) if most < held else asked.max_count)
    return VideoPage(
        videos=[project(record, asked.fields) for record in records],
        cursor=cursor,
        has_more=cursor < search.total_count,
        search_id=str(search.pk),
    )


def _reserve(client: Client, records: int, key: str) -> quotas.Reservation:
    try:
        return quotas.reserve(
            membership_id=client.membership_id,
            client_id=client.pk,
            endpoint=ENDPOINT,
            records=records,
            key=key,
        )
    except AccessEnded as refusal:
        raise errors.access_token_invalid() from refusal
    except QuotaBusy as refusal:
        raise errors.rate_limit_exceeded(_BUSY_SECONDS) from refusal
    except QuotaExhausted as refusal:
        left = refusal.resets_at - time.now()
        raise errors.daily_quota_limit_exceeded(int(left.total_seconds()) + 1) from refusal


def _settle(charge: quotas.Reservation, records: int, key: str) -> None:
    """A page that took longer than its reservation lives is not delivered: it is not paid for."""
    try:
        quotas.settle(charge_id=charge.charge_id, records=records)
    except ChargeGone as refusal:
        logger.warning("research_api.page_came_too_late", log_id=key)
        raise errors.internal_error() from refusal

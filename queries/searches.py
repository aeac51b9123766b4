"""Frozen searches: opening one, finding it again, and reading its pages.

Both front ends read through here. A search is frozen once, so each page of it costs the same at
any depth, and nothing that is imported meanwhile moves a record from one page to another.
"""

import datetime as dt
import secrets
import uuid
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from corpus import engines, language
from lib.errors import Refused
from lib.time import Now, now
from organizations.models import Client, Organization
from queries.models import Run, Search, SearchChunk
from quotas.buckets import RECORDS_PER_REQUEST

KEPT_FOR = dt.timedelta(hours=24)
CHUNK_SIZE = RECORDS_PER_REQUEST
LARGEST_SAMPLE = 100

# All ids have nineteen digits, as the wire format's do, and are below 2^63.
_FIRST_ID, _LAST_ID = 10**18, 2**63 - 1

Record = dict[str, Any]


class SearchUnknown(Refused):
    """Absent, expired, of another lab, of another query or of other dates: all alike."""

    http_status = 400

    def __init__(self) -> None:
        super().__init__(_("This search is unknown or expired. Start the query again."))


def open_search(
    *,
    organization: Organization,
    query: language.Query,
    client: Client | None = None,
    is_random: bool = False,
    count: int = LARGEST_SAMPLE,
) -> Search:
    """Freeze the result of a query in the corpus that the lab's programme gives access to.

    A random search holds at most `count` (never over 100) videos and is kept whole.
    """
    engine = engines.current(organization.programme.corpus)
    seed = secrets.randbelow(2**63) if is_random else None
    sample: list[Record] = []
    if seed is None:
        frozen = engine.freeze(query)
    else:
        sample = engine.sample(query, seed=seed, count=min(count, LARGEST_SAMPLE))
        frozen = engines.Frozen(len(sample), ())
    with transaction.atomic():
        search = Search.objects.create(
            id=_FIRST_ID + secrets.randbelow(_LAST_ID - _FIRST_ID),
            organization=organization,
            client=client,
            corpus=engine.corpus,
            generation=engine.generation,
            digest=query.digest(),
            definition=query.to_json()["query"],
            start_date=query.start_date,
            end_date=query.end_date,
            total_count=frozen.total,
            block_size=frozen.block_size,
            boundaries=list(frozen.boundaries),
            random_seed=seed,
            expires_at=now() + KEPT_FOR,
        )
        _keep(search, 0, sample)
    return search


def find_search(*, search_id: int, organization_id: uuid.UUID, query: language.Query) -> Search:
    """The live search of this lab and this query under this id, by one indexed SELECT."""
    given = [search_id, organization_id, query.digest()]
    # A number beyond a bigint would be compared as another type, past the index.
    if _FIRST_ID <= search_id <= _LAST_ID:
        for found in Search.objects.raw(_FIND_SEARCH, given):
            return found
    raise SearchUnknown


# Written out, as that of the chunks: each page of each script asks both, and the ORM takes longer
# to compile them than PostgreSQL to answer them.
_FIND_SEARCH = """
SELECT * FROM queries_search
WHERE id = %s AND organization_id = %s AND digest = %s AND expires_at > carrel_now()
"""


def newest_search(
    *, client: Client, query: language.Query, is_random: bool = False
) -> Search | None:
    """What a cursor without a search_id continues: the newest live search of the client."""
    return (
        Search.objects.filter(
            client=client,
            digest=query.digest(),
            expires_at__gt=Now(),
            random_seed__isnull=not is_random,
        )
        .order_by("-created_at")
        .first()
    )


def records_at(search: Search, cursor: int, count: int) -> int:
    """How many records a page of `count` at `cursor` will hold; known before it is read."""
    return max(0, min(count, search.total_count - cursor))


def read_records(search: Search, *, cursor: int, count: int) -> list[Record]:
    """The records from `cursor` on, in the search's order; beyond its end, none.

    Raises `GenerationGone` when records not yet read ahead lie in files that were removed.
    """
    wanted = records_at(search, cursor, count)
    if not wanted:
        return []
    first, last = cursor // CHUNK_SIZE, (cursor + wanted - 1) // CHUNK_SIZE
    found: list[Record] = []
    for records in _chunks(search, first, last):
        found += msgspec.json.decode(records)
    skipped = cursor - first * CHUNK_SIZE
    return found[skipped : skipped + wanted]


def _chunks(search: Search, first: int, last: int) -> list[bytes]:
    """The chunks from `first` to `last`, read ahead from the corpus where they are missing."""
    known = _kept(search, first, last)
    missing = [number for number in range(first, last + 1) if number not in known]
    for index in sorted({number * CHUNK_SIZE // search.block_size for number in missing}):
        known |= _read_ahead(search, index)
    return [known[number] for number in range(first, last + 1)]


def _kept(search: Search, first: int, last: int) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND_CHUNKS, [search.pk, first, last])
        return {number: bytes(found) for number, found in cursor.fetchall()}


_FIND_CHUNKS = """
SELECT number, records FROM queries_searchchunk
WHERE search_id = %s AND number BETWEEN %s AND %s
"""


def _read_ahead(search: Search, index: int) -> dict[int, bytes]:
    """Read one block from the corpus and keep its chunks; whoever was faster keeps theirs."""
    engine = engines.at(search.corpus, search.generation)
    boundaries = tuple(map(int, search.boundaries))
    frozen = engines.Frozen(search.total_count, boundaries, search.block_size)
    block = engine.block(query_of(search), frozen, index)
    return _keep(search, index * search.block_size // CHUNK_SIZE, block)


def _keep(search: Search, first: int, records: list[Record]) -> dict[int, bytes]:
    starts = range(0, len(records), CHUNK_SIZE)
    chunks = {
        first + place: msgspec.json.encode(records[start : start + CHUNK_SIZE])
        for place, start in enumerate(starts)
    }
    rows = [SearchChunk(search=search, number=n, records=found) for n, found in chunks.items()]
    SearchChunk.objects.bulk_create(rows, ignore_conflicts=True)
    return chunks


def query_of(search: Search) -> language.Query:
    return language.parse(
        search.definition,
        start_date=search.start_date,
        end_date=search.end_date,
        longest_days=None,
    )


def forget_searches(*, at_most: int = 1_000) -> int:
    """Delete expired searches, but none that an unfinished run still reads; answers how many."""
    runs = Run.objects.unfinished().filter(search=OuterRef("pk"))
    expired = Search.objects.filter(~Exists(runs), expires_at__lte=Now())
    chosen = list(expired.order_by("expires_at").values_list("pk", flat=True)[:at_most])
    Search.objects.filter(pk__in=chosen).delete()
    return len(chosen)

"""One page of a run: reserve, read, then store and settle in one transaction."""

import hashlib

import msgspec
from django.db import transaction

from corpus.codebook import project
from lib.time import Now
from queries.models import Page, Run, Search
from queries.runs.lease import LEASE, LeaseLost, lock_held_run, write_held_run
from queries.searches import Record, read_records, records_at
from quotas.actions import Reservation, extend_lease, release, reserve, settle
from quotas.buckets import RECORDS_PER_REQUEST

ENDPOINT = "video/query"


def fetch_page(run: Run, search: Search) -> None:
    """Fetch the next page of a run that this worker holds.

    The charge is named after the run and the page, so a charge that a dead worker left behind
    for the same page is taken over, never doubled. A charge whose page could not be stored is
    given back, unless a newer attempt has taken it over.
    """
    reservation = reserve(
        membership_id=run.membership_id,
        endpoint=ENDPOINT,
        records=records_at(search, run.cursor, RECORDS_PER_REQUEST),
        key=f"run:{run.pk}:{run.page_count}",
    )
    if reservation.is_repeat:
        extend_lease(charge_id=reservation.charge_id)
    try:
        records = read_records(search, cursor=run.cursor, count=reservation.records)
        store_page(run, reservation, records)
    except LeaseLost:
        raise
    except Exception:
        release(charge_id=reservation.charge_id)
        raise


@transaction.atomic
def store_page(run: Run, reservation: Reservation, records: list[Record]) -> None:
    """Store the page, settle its charge and move the cursor: all of it or nothing.

    A frozen search fills every page but its last, so the cursor moves by what was delivered, and
    a page that the quota cut short is continued where it was cut.
    """
    lock_held_run(run)
    lines = _json_lines(records, run.query.fields)
    Page.objects.create(
        run=run,
        number=run.page_count,
        cursor=run.cursor,
        record_count=len(records),
        charge_id=reservation.charge_id,
        records=lines,
        records_hash=hashlib.sha256(lines).hexdigest(),
    )
    write_held_run(
        run,
        cursor=run.cursor + len(records),
        page_count=run.page_count + 1,
        record_count=run.record_count + len(records),
        failure_count=0,
        lease_until=Now() + LEASE,
    )
    # Last, because it locks the lab's day until the commit.
    settle(charge_id=reservation.charge_id, records=len(records))


def _json_lines(records: list[Record], fields: list[str]) -> bytes:
    return b"".join(msgspec.json.encode(project(record, fields)) + b"\n" for record in records)

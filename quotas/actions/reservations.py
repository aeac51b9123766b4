"""Reserving: the promise of one request and some records, made before any data leaves."""

import contextlib
import time
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction

from quotas.actions.standing import Entry, Standing, look_up
from quotas.buckets import ENDPOINT_BUCKETS, RECORDS_PER_REQUEST, Bucket, daily_limits
from quotas.models import ChargeState, QuotaDay
from quotas.refusals import AccessEnded, ChargeGone, KeyTaken, QuotaBusy, QuotaExhausted
from quotas.statements import fetch_row

# How long a reservation waits for others that are under way, and how often it looks.
PATIENCE_SECONDS = 2.0
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Reservation:
    """What was promised. `records` may be fewer than asked for: what was left of the day.

    `is_repeat` says that the key was charged before, `state` how that charge stands now.
    """

    charge_id: int
    quota_day_id: int
    records: int
    is_repeat: bool
    state: ChargeState


@dataclass(frozen=True)
class _Asked:
    """One attempt, as its statement takes it."""

    membership_id: uuid.UUID
    client_id: uuid.UUID | None
    endpoint: str
    bucket: Bucket
    key: str
    records: int
    lease_seconds: int


def reserve(
    *,
    membership_id: uuid.UUID,
    endpoint: str,
    records: int,
    key: str,
    client_id: uuid.UUID | None = None,
    lease_seconds: int = 60,
) -> Reservation:
    """Charge one request and up to `records` records to the member's lab, for this day.

    The same key again answers the same entry and charges nothing, unless that entry was given
    back. Refuses with `QuotaExhausted`, `QuotaBusy` (after two seconds), `AccessEnded` or
    `KeyTaken`; a refusal writes nothing.
    """
    if not 0 <= records <= RECORDS_PER_REQUEST:
        raise ValueError(f"a request carries 0 to {RECORDS_PER_REQUEST} records, not {records}")
    bucket = ENDPOINT_BUCKETS[endpoint]
    asked = _Asked(membership_id, client_id, endpoint, bucket, key, records, lease_seconds)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        reservation = _attempt(asked)
        if reservation is not None:
            return reservation
        standing = look_up(membership_id=membership_id, bucket=bucket, key=key)
        if standing is None or not standing.is_open:
            raise AccessEnded
        if standing.entry is not None:
            return _repeat(standing.entry, asked)
        _prepare_next_attempt(standing, asked, deadline)


def _prepare_next_attempt(standing: Standing, asked: _Asked, deadline: float) -> None:
    """Open the new day, or wait a little for requests under way; refuse if neither helps."""
    if standing.needs_day:
        _open_day(standing, asked.bucket)
        return
    exhausted = standing.exhausted(asked.records)
    if exhausted is not None:
        raise QuotaExhausted(bucket=asked.bucket, which=exhausted, day=standing.day)
    if time.monotonic() > deadline:
        raise QuotaBusy(bucket=asked.bucket)
    time.sleep(POLL_SECONDS)


_RESERVE = """
SELECT * FROM quotas_reserve(
  %(membership_id)s, %(client_id)s, %(endpoint)s, %(bucket)s, %(key)s, %(records)s,
  %(lease_seconds)s
)
"""


def _attempt(asked: _Asked) -> Reservation | None:
    """Charge what is asked, or as many of its records as are left; or nothing."""
    try:
        with _undone_on_error():
            row = fetch_row(_RESERVE, vars(asked))
    except IntegrityError as problem:
        if "charge_once_by_key" not in str(problem):
            raise
        # Somebody else has charged the same key at this very moment; theirs is the entry.
        return None
    if row is None:
        return None
    charge_id, quota_day_id, granted = row
    return Reservation(charge_id, quota_day_id, granted, False, ChargeState.RESERVED)


def _undone_on_error() -> contextlib.AbstractContextManager[Any]:
    """A savepoint inside of a transaction; alone, a statement undoes itself when it fails."""
    return transaction.atomic() if connection.in_atomic_block else contextlib.nullcontext()


def _open_day(standing: Standing, bucket: Bucket) -> None:
    """Write the row of the new day with the limits that the lab has now."""
    requests_limit, records_limit = daily_limits(standing.organization(), bucket)
    day = QuotaDay(
        organization_id=standing.organization_id,
        bucket=bucket,
        day=standing.today,
        requests_limit=requests_limit,
        records_limit=records_limit,
    )
    QuotaDay.objects.bulk_create([day], ignore_conflicts=True)


def _repeat(entry: Entry, asked: _Asked) -> Reservation:
    if (entry.membership_id, entry.endpoint) != (asked.membership_id, asked.endpoint):
        raise KeyTaken
    state = ChargeState(entry.state)
    return Reservation(entry.charge_id, entry.quota_day_id, entry.records, True, state)


_EXTEND = """
UPDATE quotas_charge SET lease_until = carrel_now() + make_interval(secs => %(lease_seconds)s)
WHERE id = %(charge_id)s AND state = 'RESERVED' RETURNING id
"""


def extend_lease(*, charge_id: int, lease_seconds: int = 60) -> None:
    """Keep a reservation alive while its request is still under way."""
    if fetch_row(_EXTEND, {"charge_id": charge_id, "lease_seconds": lease_seconds}) is None:
        raise ChargeGone

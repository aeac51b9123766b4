"""Ending a reservation: settled with what was delivered, given back, or recorded as wasted.

Each is one statement that ends the entry and moves the counters of the day on which it was
reserved, even after midnight; a second one finds the entry ended and changes nothing.
"""

from quotas.models import Charge, ChargeState
from quotas.refusals import ChargeGone
from quotas.statements import fetch_row

_END = "SELECT quotas_end(%(charge_id)s, %(state)s, %(requests)s, %(records)s)"


def settle(*, charge_id: int, records: int) -> None:
    """Charge the request with the records that were delivered; the rest is given back.

    Settling again with the same number changes nothing. Refuses with `ChargeGone` what was
    given back meanwhile.
    """
    _end(charge_id, ChargeState.SETTLED, requests=1, records=records)


def release(*, charge_id: int) -> None:
    """Give everything back: nothing was delivered and nobody else charged for it."""
    _end(charge_id, ChargeState.RELEASED, requests=0, records=0)


def waste(*, charge_id: int) -> None:
    """Charge the request and no record: an upstream service failed and charged all the same."""
    _end(charge_id, ChargeState.WASTED, requests=1, records=0)


def _end(charge_id: int, state: ChargeState, *, requests: int, records: int) -> None:
    given = {"charge_id": charge_id, "state": state, "requests": requests, "records": records}
    if records < 0:
        raise ValueError(f"{records} records cannot be delivered")
    if fetch_row(_END, given) == (False,):
        _check_ended_alike(Charge.objects.get(pk=charge_id), state, records)


def _check_ended_alike(charge: Charge, state: ChargeState, records: int) -> None:
    """Doing the same thing again is no fault; anything else is."""
    if charge.state == ChargeState.RESERVED:
        raise ValueError(f"{charge.records_reserved} records were reserved, not {records}")
    if charge.state != state:
        raise ChargeGone
    if charge.records != records:
        raise ValueError(f"charge {charge.pk} was settled with {charge.records}, not {records}")


# One entry a statement: a sweep that held several days at once could deadlock with another.
_FREE_ONE = """
SELECT quotas_end((
  SELECT id FROM quotas_charge WHERE state = 'RESERVED' AND lease_until < carrel_now()
  ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED
), 'RELEASED', 0, 0)
"""


def free_dead_charges() -> int:
    """Give back what dead workers hold: reservations whose lease has ended. Answers how many."""
    freed_count = 0
    while fetch_row(_FREE_ONE, {}) == (True,):
        freed_count += 1
    return freed_count

"""Everything that writes the ledger.

A request reserves before its data leaves and settles after. `reserve` is best called outside of
a transaction: it is one statement and so one durable commit. What ends a reservation works alone
and inside the caller's transaction; there it belongs at the end, because it locks the row of
the lab's day until the commit.
"""

from quotas.actions.reservations import Reservation, extend_lease, reserve
from quotas.actions.settlements import free_dead_charges, release, settle, waste

__all__ = [
    "Reservation",
    "extend_lease",
    "free_dead_charges",
    "release",
    "reserve",
    "settle",
    "waste",
]

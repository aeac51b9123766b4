"""Who works on a run: claiming it, holding it, giving it back.

A claim is a lease, not a status. Each raises `attempt` by one, and every write of a worker first
locks the run and looks whether its attempt is still the newest, so a worker that was stopped
past its lease cannot write after the one that replaced it.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from audit.status import change_status
from lib.time import Now
from queries.models import Run
from queries.states import RunStatus

LEASE = dt.timedelta(seconds=30)


class LeaseLost(Exception):
    """A newer attempt has this run. What it reserved, too, belongs to the newer attempt."""


class RunEnded(Exception):
    """Somebody ended this run while a page was under way."""


@transaction.atomic
def claim_run(run_id: uuid.UUID | str, *, worker: str) -> Run | None:
    """Take a due run, or answer None when there is nothing to take.

    A run that still bears a worker's name was not given back: its worker died. That counts as a
    failure, so that a run which kills its workers comes to an end.
    """
    due = Run.objects.due().filter(pk=run_id).select_related("query", "organization__programme")
    run: Run | None = due.select_for_update(of=("self",), skip_locked=True).first()
    if run is None:
        return None
    run.failure_count += bool(run.claimed_by)
    run.attempt += 1
    run.claimed_by = worker
    kept = ("failure_count", "attempt", "claimed_by")
    changes = {name: getattr(run, name) for name in kept}
    Run.objects.filter(pk=run.pk).update(lease_until=Now() + LEASE, **changes)
    if run.status != RunStatus.RUNNING:
        change_status(run, RunStatus.RUNNING, by=None)
    return run


def lock_held_run(run: Run) -> None:
    """Lock the row, inside a transaction that writes; refuse if the run is no longer ours."""
    held = Run.objects.select_for_update(of=("self",)).only("attempt", "status").get(pk=run.pk)
    if held.attempt != run.attempt:
        raise LeaseLost
    if held.status != RunStatus.RUNNING:
        raise RunEnded


def write_held_run(run: Run, **changes: Any) -> None:
    """Write columns of a locked run, in the database and in hand."""
    Run.objects.filter(pk=run.pk).update(**changes)
    for name, value in changes.items():
        setattr(run, name, value)


@transaction.atomic
def renew_lease(run: Run) -> None:
    lock_held_run(run)
    write_held_run(run, lease_until=Now() + LEASE)


@transaction.atomic
def give_back(run: Run, **changes: Any) -> None:
    """End the lease; the run stays due, or becomes so at `not_before`."""
    lock_held_run(run)
    write_held_run(run, claimed_by="", lease_until=Now(), **changes)

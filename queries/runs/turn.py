"""A worker's turn at a run, and every way in which the turn can end."""

import contextlib
import datetime as dt
import time
import uuid

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from audit.status import change_status
from lib.errors import Refused
from lib.nudge import nudge
from lib.time import Now
from queries.definitions import parsed
from queries.emails import tell_run_failed
from queries.models import Run, Search
from queries.runs.ending import end_run
from queries.runs.lease import (
    LeaseLost,
    RunEnded,
    claim_run,
    give_back,
    lock_held_run,
    write_held_run,
)
from queries.runs.page import fetch_page
from queries.runs.result import finish_run
from queries.scope import check_query
from queries.searches import open_search
from queries.states import RunStatus
from quotas.refusals import AccessEnded, ChargeGone, QuotaBusy, QuotaExhausted

log = structlog.get_logger(__name__)

# A turn is short, so that runs of several members take turns and share the day's quota.
PAGES_A_TURN = 20
_BUSY_WAIT = dt.timedelta(seconds=3)
# Four waits, each four times as long as the one before: together about a quarter of an hour, in
# which a full disk or a database that restarts may be mended.
_FIRST_FAILURE_WAIT = dt.timedelta(seconds=10)
_MOST_FAILURES = 5


def take_turn(run_id: uuid.UUID | str, *, worker: str, seconds: float) -> None:
    """Move one run forward for a while. Safe to call at any time, any number of times."""
    run = claim_run(run_id, worker=worker)
    if run is None:
        return
    with (
        contextlib.suppress(LeaseLost, RunEnded),
        structlog.contextvars.bound_contextvars(run=str(run.pk), attempt=run.attempt),
    ):
        try:
            _move_forward(run, until=time.monotonic() + seconds)
        except QuotaExhausted as refusal:
            wait_for_quota(run, until=refusal.resets_at)
        except (QuotaBusy, ChargeGone):
            give_back(run, not_before=Now() + _BUSY_WAIT)
        except AccessEnded as refusal:
            end_access(run, sentence=refusal.sentence)
        except Refused as refusal:
            fail_run(run, sentence=refusal.sentence)
        except (LeaseLost, RunEnded):
            raise
        except Exception:
            log.exception("run_turn_failed")
            _try_again_later(run)


def _move_forward(run: Run, *, until: float) -> None:
    if run.failure_count >= _MOST_FAILURES:
        fail_run(run, sentence=_gave_up())
        return
    check_query(run.query, run.organization.approved_data)
    search = search_of(run)
    for _page in range(PAGES_A_TURN):
        if run.has_all_records or time.monotonic() > until:
            break
        fetch_page(run, search)
    if run.has_all_records:
        finish_run(run)
    else:
        _pass_on(run)


def search_of(run: Run) -> Search:
    """The frozen search of the run, opened in its first turn."""
    if run.search is None:
        search = open_search(organization=run.organization, query=parsed(run.query))
        with transaction.atomic():
            lock_held_run(run)
            write_held_run(run, search=search, total_count=search.total_count)
        return search
    return run.search


@transaction.atomic
def _pass_on(run: Run) -> None:
    from queries.tasks import advance_run  # the task calls this module

    give_back(run)
    nudge(advance_run, run_id=str(run.pk))


@transaction.atomic
def wait_for_quota(run: Run, *, until: dt.datetime) -> None:
    """Nothing is left of the lab's day: the run goes on by itself when the next one begins."""
    give_back(run, not_before=until)
    change_status(run, RunStatus.WAITING_FOR_QUOTA, by=None)


@transaction.atomic
def end_access(run: Run, *, sentence: str) -> None:
    """The member or the lab may no longer query, so Carrel cancels the run."""
    give_back(run)
    end_run(run, RunStatus.CANCELLED, problem=sentence)


@transaction.atomic
def fail_run(run: Run, *, sentence: str) -> None:
    """Trying again would not help; the member is told why."""
    give_back(run)
    end_run(run, RunStatus.FAILED, problem=sentence)
    tell_run_failed(run)


def _try_again_later(run: Run) -> None:
    """Something that should not happen did. The claim that finds too many of them gives up."""
    wait = _FIRST_FAILURE_WAIT * 4**run.failure_count
    give_back(run, failure_count=run.failure_count + 1, not_before=Now() + wait)


def _gave_up() -> str:
    return _(
        "This run failed several times in the same place, and Carrel has stopped trying. "
        "Tell the operator, who finds the reason in the log under the number of this run."
    )

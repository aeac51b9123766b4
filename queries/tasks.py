"""What workers and the clock start. Each may run twice without harm."""

import os
import socket
from typing import Any

from celery import shared_task

from queries import searches
from queries.runs import sweep, turn

# Well below the time limit of a task and the broker's patience with an unanswered message.
TURN_SECONDS = 20.0


@shared_task
def advance_run(run_id: str, **ignored: Any) -> None:
    worker = f"{socket.gethostname()}:{os.getpid()}"
    turn.take_turn(run_id, worker=worker[:100], seconds=TURN_SECONDS)


@shared_task
def dispatch_due_runs(**ignored: Any) -> None:
    sweep.dispatch_due_runs()


@shared_task
def end_runs_without_access(**ignored: Any) -> None:
    sweep.end_runs_without_access()


@shared_task
def forget_searches(**ignored: Any) -> None:
    searches.forget_searches()

"""Waking a worker: after the commit, without retry, and never at the cost of a request.

The work itself is a row in PostgreSQL that a sweep finds. A nudge only makes it start sooner, so
a broker that is down or slow costs a log line.
"""

from typing import Any

import structlog
from celery import Task
from django.db import transaction

log = structlog.get_logger(__name__)


def nudge(task: "Task[..., Any]", **ids: Any) -> None:
    """Send `task` with these ids once the present transaction is committed."""
    transaction.on_commit(lambda: _send(task, ids))


def _send(task: "Task[..., Any]", ids: dict[str, Any]) -> None:
    try:
        task.apply_async(kwargs=ids, retry=False, ignore_result=True)
    except Exception as problem:  # any fault of the broker: the sweep finds the row
        log.warning("nudge_not_sent", task=task.name, problem=type(problem).__name__)

"""What the clock starts."""

from typing import Any

from celery import shared_task

from quotas import actions


@shared_task
def free_dead_charges(**ignored: Any) -> None:
    actions.free_dead_charges()

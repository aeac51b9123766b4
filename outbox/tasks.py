"""Sending, when nudged and on the clock."""

from typing import Any

from celery import shared_task

from outbox import actions


@shared_task
def send_messages(**ignored: Any) -> None:
    actions.send_due_messages()

"""What happens on the clock."""

from typing import Any

from celery import shared_task

from programmes import actions


@shared_task
def tell_interested(**ignored: Any) -> None:
    actions.tell_interested()


@shared_task
def forget_interests(**ignored: Any) -> None:
    actions.forget_interests()

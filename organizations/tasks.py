"""What happens on the clock."""

from typing import Any

from celery import shared_task

from organizations import actions


@shared_task
def match_accounts(**ignored: Any) -> None:
    actions.match_accounts()


@shared_task
def forget_tokens(**ignored: Any) -> None:
    actions.forget_tokens()

"""What workers do for accounts. Each may run twice without harm."""

from typing import Any

from celery import shared_task

from accounts import actions


@shared_task
def look_up_orcid(user_id: str, **ignored: Any) -> None:
    actions.look_up_orcid(user_id)

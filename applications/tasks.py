"""What workers and the clock start. Each may run twice without harm.

The actions start tasks of this module, so they are imported only when a task runs.
"""

from typing import Any

from celery import shared_task

from applications.attachments import scanning


@shared_task
def scan_attachment(attachment_id: str, **ignored: Any) -> None:
    scanning.scan(attachment_id)


@shared_task
def scan_attachments(**ignored: Any) -> None:
    scanning.scan_waiting()


@shared_task
def find_conflicts(**ignored: Any) -> None:
    from applications.actions.ties import sweep_conflicts  # the actions start tasks of this module

    sweep_conflicts()


@shared_task
def gather_orcid(application_id: str, **ignored: Any) -> None:
    from applications.actions.gathering import take_orcid  # the actions start tasks of this module

    take_orcid(application_id)


@shared_task
def gather_waiting_orcid(**ignored: Any) -> None:
    from applications.actions.gathering import take_waiting_orcid

    take_waiting_orcid()


@shared_task
def tell_missed_dates(**ignored: Any) -> None:
    from applications.actions import watching

    watching.tell_missed_dates()


@shared_task
def find_missing_people(**ignored: Any) -> None:
    from applications.actions import watching

    watching.offer_untouched_reviews()
    watching.find_missing_people()


@shared_task
def remind_staff(**ignored: Any) -> None:
    from applications.actions import reminding

    reminding.remind_staff()


@shared_task
def close_idle_applications(**ignored: Any) -> None:
    from applications.actions import closing

    closing.close_idle_applications()

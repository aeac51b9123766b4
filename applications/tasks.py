"""What workers and the clock start. Each may run twice without harm."""

from typing import Any

from celery import shared_task

from applications.attachments import scanning


@shared_task
def scan_attachment(attachment_id: str, **ignored: Any) -> None:
    scanning.scan(attachment_id)


@shared_task
def scan_attachments(**ignored: Any) -> None:
    scanning.scan_waiting()

"""Having attachments scanned: the verdict is written once, whoever asks for it."""

import time
from typing import BinaryIO, cast

import structlog
from django.conf import settings
from django.db import transaction

from applications.attachments.scanner import ScannerFailed, find_harm
from applications.attachments.storing import open_content
from applications.models import Attachment, ScanVerdict
from audit.log import record
from lib.errors import Refused
from lib.time import now

log = structlog.get_logger(__name__)

_A_SWEEP = 1000
_SWEEP_SECONDS = 60.0


def scan(attachment_id: str) -> None:
    """Ask the scanner and keep its verdict. A scanner that fails is asked again by the sweep."""
    waiting = Attachment.objects.filter(pk=attachment_id, scan_verdict=ScanVerdict.WAITING)
    attachment = waiting.first()
    if attachment is None or settings.CLAMAV_URL is None:
        return
    try:
        with open_content(attachment) as content:
            harm = find_harm(cast(BinaryIO, content), settings.CLAMAV_URL)
    except (ScannerFailed, Refused) as problem:
        log.warning("attachment_not_scanned", attachment=attachment_id, problem=str(problem))
        return
    _keep_verdict(attachment, harm)


@transaction.atomic
def _keep_verdict(attachment: Attachment, harm: str) -> None:
    waiting = Attachment.objects.filter(pk=attachment.pk, scan_verdict=ScanVerdict.WAITING)
    verdict = ScanVerdict.HARMFUL if harm else ScanVerdict.CLEAN
    if waiting.update(scan_verdict=verdict, scanned_at=now()):
        record(
            "attachment.scanned",
            by=None,
            subject=attachment.application,
            details={"attachment": str(attachment.pk), "verdict": verdict.value, "found": harm},
        )


def scan_waiting() -> None:
    """Scan those that wait, for a minute at most; without a scanner none is left waiting for one.

    In any order, so that a file on which the scanner fails each time holds up no other.
    """
    waiting = Attachment.objects.filter(scan_verdict=ScanVerdict.WAITING)
    if settings.CLAMAV_URL is None:
        waiting.update(scan_verdict=ScanVerdict.NOT_SCANNED)
        return
    end = time.monotonic() + _SWEEP_SECONDS
    for identifier in waiting.order_by("?").values_list("pk", flat=True)[:_A_SWEEP]:
        if time.monotonic() < end:
            scan(str(identifier))

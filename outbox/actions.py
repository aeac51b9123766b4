"""Posting a message in the present transaction, and sending what is due."""

import datetime as dt

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from lib import secrets
from lib.nudge import nudge
from lib.time import Now
from outbox.catalogue import check_declared
from outbox.models import Message

log = structlog.get_logger(__name__)

_LEASE = dt.timedelta(minutes=5)
_WAITS = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)]


def post_message(*, kind: str, to: str, subject: str, body: str) -> Message:
    """Write a message that leaves once the present transaction is committed.

    Refuses a kind that no app declares.
    """
    from outbox.tasks import send_messages  # the task calls this module

    check_declared(kind)
    message = Message.objects.create(
        kind=kind,
        to=to,
        subject=" ".join(subject.split())[:250],
        body_encrypted=secrets.encrypt(body),
    )
    nudge(send_messages)
    return message


def send_due_messages(*, at_most: int = 100) -> int:
    """Send what is due; answers how many left.

    Each message is claimed by a lease before it is sent, so two senders never hold the same one.
    A sender that dies between sending and noting it makes the message leave twice, with the same
    Message-ID: mail systems show it once.
    """
    sent = 0
    for _attempt in range(at_most):
        message = _claim_message()
        if message is None:
            return sent
        sent += _send(message)
    return sent


@transaction.atomic
def _claim_message() -> Message | None:
    message = Message.objects.due().select_for_update(skip_locked=True).order_by("id").first()
    if message is not None:
        Message.objects.filter(pk=message.pk).update(
            lease_until=Now() + _LEASE, attempt_count=F("attempt_count") + 1
        )
        message.attempt_count += 1
    return message


def _send(message: Message) -> int:
    try:
        _mail(message).send()
    # Whatever the mail server does, the message waits for it; so does one that cannot be opened
    # because its key is gone, lest it hold up those behind it.
    except Exception as problem:
        # Mail servers repeat the address in what they answer, so the log has the kind alone.
        log.warning("message_not_sent", message=str(message.id), problem=type(problem).__name__)
        _postpone(message, problem)
        return 0
    Message.objects.filter(pk=message.pk).update(sent_at=Now(), problem="")
    return 1


def _mail(message: Message) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return EmailMessage(
        message.subject,
        message.body,
        to=[message.to],
        headers={"Message-ID": f"<{message.id}@{domain}>"},
    )


def _postpone(message: Message, problem: Exception) -> None:
    """Try again later, a little later each time; after the last wait, give up visibly."""
    mine = Message.objects.filter(pk=message.pk)
    text = repr(problem)[:200]
    if message.attempt_count > len(_WAITS):
        mine.update(failed_at=Now(), problem=text)
        return
    wait = _WAITS[message.attempt_count - 1]
    mine.update(not_before=Now() + wait, lease_until=Now(), problem=text)

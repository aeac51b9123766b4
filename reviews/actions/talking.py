"""What is done to threads, whatever they are about. Who may do it is the subject's own rule."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.time import now
from reviews.models import Thread, ThreadMessage, ThreadReading, Visibility

LONGEST_MESSAGE = 5000


def open_thread(
    subject: models.Model,
    *,
    by: User,
    body: str,
    visibility: Visibility,
    question_key: str = "",
    asks_for_change: bool = False,
    is_from_applicant: bool = False,
    version: int = 0,
) -> Thread:
    """Begin a thread with its first message. Refuses one without words, or with too many."""
    thread = Thread(
        question_key=question_key,
        visibility=visibility,
        asks_for_change=asks_for_change,
        opened_by=by,
    )
    thread.name_subject(subject)
    thread.save()
    details = {"of": str(subject.pk), "question": question_key, "visibility": str(visibility)}
    record("thread.opened", by=by, subject=thread, details=details)
    add_message(thread, by=by, body=body, version=version, is_from_applicant=is_from_applicant)
    return thread


def add_message(
    thread: Thread, *, by: User, body: str, version: int = 0, is_from_applicant: bool = False
) -> ThreadMessage:
    """Say something; whoever says it has read what stands before."""
    text = body.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LONGEST_MESSAGE:
        raise Refused(_("Write at most %(count)s letters.") % {"count": LONGEST_MESSAGE})
    message = ThreadMessage.objects.create(
        thread=thread, author=by, body=text, version=version, is_from_applicant=is_from_applicant
    )
    record("thread.answered", by=by, subject=thread, details={"message": str(message.pk)})
    mark_read([thread], by=by)
    return message


def resolve_thread(thread: Thread, *, by: User) -> Thread:
    """Nothing is open about it any more. Doing it twice changes nothing."""
    if thread.resolved_at is None:
        _settle(thread, by, "thread.resolved")
    return thread


def reopen_thread(thread: Thread, *, by: User | None) -> Thread:
    """Something is open about it after all; without a person, because somebody wrote again."""
    if thread.resolved_at is not None:
        _settle(thread, None, "thread.reopened", actor=by)
    return thread


def _settle(thread: Thread, by: User | None, event: str, actor: User | None = None) -> None:
    thread.resolved_at = now() if by else None
    thread.resolved_by = by
    thread.save(update_fields=["resolved_at", "resolved_by"])
    record(event, by=by or actor, subject=thread)


def mark_read(threads: Iterable[Thread], *, by: User) -> None:
    moment = now()
    rows = [ThreadReading(thread=thread, person=by, read_at=moment) for thread in threads]
    ThreadReading.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["thread", "person"],
        update_fields=["read_at"],
    )

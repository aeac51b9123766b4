"""Attaching files to answers and removing them; opening one is on record."""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import OperationalError, transaction

from accounts.models import User
from applications.actions.locking import lock
from applications.attachments import refusals
from applications.attachments.answering import limit_bytes, rules_of
from applications.attachments.checking import Checked, check_upload
from applications.attachments.describing import describe
from applications.attachments.storing import discard, open_content, store
from applications.models import Application, Attachment
from applications.models.attachments import ScanVerdict
from applications.permissions import check_edit, check_open_attachment
from applications.questions import Question
from applications.tasks import scan_attachment
from audit.log import record
from lib.nudge import nudge
from lib.time import now


def attach_file(
    application: Application, *, question: Question, upload: "File[Any]", by: User
) -> Attachment:
    """Keep one file as an answer to a question that asks for files.

    Refuses with `WrongFile`, which names the rule that the file breaks; then nothing is kept.
    """
    check_edit(application, by)
    rules = rules_of(question)
    checked = check_upload(upload, rules, limit_bytes=limit_bytes(application, question))
    path = store(upload, application)
    try:
        return _keep(application, question, checked, path, by)
    except OperationalError:
        # The commit may have gone through though its answer was lost: better a stray file than
        # a row without its content.
        raise
    except BaseException:
        discard(path)
        raise


@transaction.atomic
def _keep(
    application: Application, question: Question, checked: Checked, path: str, by: User
) -> Attachment:
    lock(application)
    check_edit(application, by)
    _check_room(application, question, checked)
    attachment = Attachment.objects.create(
        application=application,
        question_key=question.key,
        name=checked.name,
        kind=checked.media_type,
        size_bytes=checked.size_bytes,
        sha256=checked.sha256,
        path=path,
        uploaded_by=by,
        scan_verdict=ScanVerdict.WAITING if settings.CLAMAV_URL else ScanVerdict.NOT_SCANNED,
    )
    Application.objects.filter(pk=application.pk).update(saved_at=now())
    record("attachment.added", by=by, subject=application, details=_details(attachment))
    if settings.CLAMAV_URL:
        nudge(scan_attachment, attachment_id=str(attachment.pk))
    return attachment


def _check_room(application: Application, question: Question, checked: Checked) -> None:
    standing = application.attachments.standing().filter(question_key=question.key)
    twin = standing.filter(sha256=checked.sha256).first()
    if twin is not None:
        raise refusals.attached_already(checked.name, twin.name)
    if standing.count() >= rules_of(question).count:
        raise refusals.too_many(rules_of(question).count)


def _details(attachment: Attachment) -> dict[str, Any]:
    return {
        "attachment": str(attachment.pk),
        "question": attachment.question_key,
        "sha256": attachment.sha256,
    }


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file off the answer. What a version names stays readable with that version."""
    application = lock(attachment.application)
    check_edit(application, by)
    standing = application.attachments.standing().filter(pk=attachment.pk)
    for row in standing.select_for_update():
        record("attachment.removed", by=by, subject=application, details=_details(row))
        if row.version_first is None:
            row.delete()
            transaction.on_commit(lambda path=row.path: _discard_unused(path))  # type: ignore[misc]
        else:
            standing.update(removed_at=now())
        Application.objects.filter(pk=application.pk).update(saved_at=now())


def _discard_unused(path: str) -> None:
    """An application that takes up another one shares the content of its files."""
    if not Attachment.objects.filter(path=path).exists():
        discard(path)


def freeze_attachments(application: Application, *, number: int) -> list[dict[str, Any]]:
    """What a version says of its files; from now on they stay as long as the version does."""
    fit = application.attachments.fit()
    rows = [describe(attachment) for attachment in fit]
    fit.filter(version_first__isnull=True).update(version_first=number)
    return rows


@transaction.atomic
def open_attachment(attachment: Attachment, *, by: User) -> "File[bytes]":
    """The content for whoever may see the row; who opens it is on record before it leaves."""
    check_open_attachment(attachment, by)
    record("attachment.opened", by=by, subject=attachment.application, details=_details(attachment))
    return open_content(attachment)

"""What the clock needs to be told, and what it has told others."""

import datetime as dt

from django.db import models

from accounts.models import User
from audit.log import record
from lib.time import now
from reviews.models import Extension, Notice, Pause


def open_pause(subject: models.Model) -> None:
    """The clock stands from now on, while the applicant answers."""
    pause = Pause(started_at=now())
    pause.name_subject(subject)
    pause.save()


def close_pause(subject: models.Model) -> None:
    """The clock goes on."""
    Pause.objects.about(subject).filter(ended_at__isnull=True).update(ended_at=now())


def record_extension(
    subject: models.Model, *, until: dt.datetime, reason: str, by: User | None
) -> Extension:
    """A new date with its reason; without a person it is Carrel's own, for a missed date."""
    extension = Extension(until=until, reason=reason, given_by=by)
    extension.name_subject(subject)
    extension.save()
    record(
        "extension.given",
        by=by,
        subject=extension,
        details={"of": str(subject.pk), "until": until.date().isoformat()},
        text=reason,
    )
    return extension


def note_once(subject: models.Model, kind: str, due_date: dt.date) -> bool:
    """Claim the right to say something about this date; no for whoever comes second.

    Called in the transaction that writes the mail, so both are there or neither.
    """
    notice = Notice(kind=kind, due_date=due_date)
    notice.name_subject(subject)
    _row, is_new = Notice.objects.get_or_create(
        subject_kind=notice.subject_kind,
        subject_id=notice.subject_id,
        kind=kind,
        due_date=due_date,
    )
    return is_new

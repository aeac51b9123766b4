"""What the review's clock needs: when it stood, when it was extended, and what was said of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from reviews.models.subjects import AboutSubject, SubjectQuerySet


class Pause(AboutSubject):
    """The clock stands while the applicant answers."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = SubjectQuerySet["Pause"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=models.Q(ended_at__isnull=True),
                name="pause_one_open",
            )
        ]
        indexes = [models.Index(fields=["subject_id"], name="pause_by_subject")]

    def __str__(self) -> str:
        return f"{self.started_at} {self.ended_at}"


class Extension(AboutSubject):
    """A new date with its reason, given by staff or, on a missed date, by Carrel."""

    until = models.DateTimeField()
    reason = models.TextField(max_length=1000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar = SubjectQuerySet["Extension"].as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_id"], name="extension_by_subject")]

    def __str__(self) -> str:
        return f"{self.until}"


class Notice(AboutSubject):
    """That something due was said: each kind once for each date it was due on."""

    kind = models.SlugField()
    due_date = models.DateField()

    objects: ClassVar = SubjectQuerySet["Notice"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "kind", "due_date"], name="notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_date}"

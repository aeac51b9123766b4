"""Threads: questions, requests and notes about a subject or one question of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from reviews.models.subjects import AboutSubject, SubjectQuerySet


class Visibility(models.TextChoices):
    """Who reads a thread. A private one may still be handed out to the applicant on request."""

    STAFF = "STAFF", _("Staff only; the applicant may obtain it")
    APPLICANT = "APPLICANT", _("Staff and the applicant")


class Thread(AboutSubject):
    """Messages on one matter; `question_key` names the question, or is empty for the whole."""

    question_key = models.SlugField(blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility)
    # Whether the application waits for an answer to it.
    asks_for_change = models.BooleanField(default=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar = SubjectQuerySet["Thread"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_resolved_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["subject_id"], name="thread_by_subject")]

    def __str__(self) -> str:
        return f"{self.question_key} {self.visibility}"


class ThreadMessage(PublicModel):
    """One message of a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(max_length=5000)
    # The version of the subject that was there when it was written.
    version = models.PositiveSmallIntegerField(default=0)
    is_from_applicant = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.body[:40]


class ThreadReading(PublicModel):
    """Up to when one person has read one thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="thread_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.read_at}"

"""Files that applicants attach to answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from lib.models import PublicModel

if TYPE_CHECKING:
    from accounts.models import User


class ScanVerdict(models.TextChoices):
    """What the scanner for harmful software says, where there is one."""

    NOT_SCANNED = "NOT_SCANNED", _("Not scanned")
    WAITING = "WAITING", _("Waits for the scanner")
    CLEAN = "CLEAN", _("Nothing harmful found")
    HARMFUL = "HARMFUL", _("Harmful: it is locked")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Applicants see what is theirs; reviewers see what a version they may judge names."""
        if not user.is_authenticated:
            return self.none()
        judged = Application.objects.reviewable_by(user)
        return self.filter(
            Q(application__applicant=user)
            | Q(application__in=judged.values("pk"), version_first__isnull=False)
        )

    def standing(self) -> AttachmentQuerySet:
        """Those that the next version will name."""
        return self.filter(removed_at__isnull=True)

    def fit(self) -> AttachmentQuerySet:
        """Those that count as an answer."""
        return self.standing().exclude(scan_verdict=ScanVerdict.HARMFUL)


class Attachment(PublicModel):
    """One file that answers a question.

    `kind` is the media type found in the content. `version_first` is the first version that names
    the file; a file that no version names is deleted when it is removed, any other one stays.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    question_key = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version_first = models.PositiveSmallIntegerField(null=True)
    removed_at = models.DateTimeField(null=True)
    scan_verdict = models.CharField(
        max_length=20, choices=ScanVerdict, default=ScanVerdict.NOT_SCANNED
    )
    scanned_at = models.DateTimeField(null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scan_verdict__in=[ScanVerdict.CLEAN, ScanVerdict.HARMFUL],
                    scanned_at__isnull=False,
                )
                | Q(
                    scan_verdict__in=[ScanVerdict.NOT_SCANNED, ScanVerdict.WAITING],
                    scanned_at__isnull=True,
                ),
                name="attachment_scanned_with_verdict",
            ),
            models.UniqueConstraint(
                fields=["application", "question_key", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_content_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="attachment_to_scan",
                condition=Q(scan_verdict=ScanVerdict.WAITING),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("applications:file", args=[self.application_id, self.pk])

    @property
    def is_harmful(self) -> bool:
        return self.scan_verdict == ScanVerdict.HARMFUL

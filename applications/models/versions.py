"""What was submitted, frozen."""

from __future__ import annotations

from django.db import models

from applications.models.application import Application
from applications.models.forms import FormVersion
from lib.models import PublicModel


class ApplicationVersion(PublicModel):
    """What was submitted, frozen: the answers, their form and the collaborators of that moment."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    answer_versions = models.JSONField(default=dict)
    collaborators = models.JSONField()
    # The files that answered questions then, each with its id, name and SHA-256.
    attachments = models.JSONField(default=list)
    terms_version = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="application_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.number}"

"""What a principal researcher does not want in the public register, and what staff decided."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from applications.models.application import Application
from lib.models import PublicModel


class RegisterPart(models.TextChoices):
    """A part of an entry that may be left out. That there is an entry is never left out."""

    TITLE = "TITLE", _("The title of the project")
    SUMMARY = "SUMMARY", _("The summary for the public")
    LINES = "LINES", _("The topics and other public answers")
    INSTITUTION = "INSTITUTION", _("The institution")


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def visible_to(self, user: User) -> RedactionQuerySet:
        """Applicants see their own, operators all."""
        if not user.is_authenticated:
            return self.none()
        if user.has_ability(Ability.RUN_PROGRAMME):
            return self
        return self.filter(application__applicant=user)

    def open(self) -> RedactionQuerySet:
        return self.filter(decided_at=None)


class Redaction(PublicModel):
    """One request to leave parts of an entry out, with its reason."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="redactions")
    parts = ArrayField(models.CharField(max_length=20, choices=RegisterPart))
    reason = models.TextField()
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_granted=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False),
                name="redaction_decided_at_by",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(decided_at=None), name="redaction_one_open"
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def part_names(self) -> list[str]:
        return [str(RegisterPart(part).label) for part in self.parts]

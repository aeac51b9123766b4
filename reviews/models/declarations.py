"""Ties that reviewers declare themselves, about one file, a person or an institution."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from institutions.models import Institution
from lib.models import PublicModel


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def standing(self) -> DeclarationQuerySet:
        """Those that still close files, also while the wish to take them back waits."""
        return self.filter(ended_at__isnull=True)


class Declaration(PublicModel):
    """What one reviewer says of themselves; it covers what comes later, too.

    It is about one subject, or about whoever has an e-mail address, or about an institution. The
    reviewer may ask to take it back; an operator consents.
    """

    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="declarations"
    )
    subject_id = models.UUIDField(null=True)
    email = models.EmailField(blank=True)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(max_length=300)
    asked_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_id__isnull=False, email="", institution__isnull=True)
                | (Q(subject_id__isnull=True, institution__isnull=True) & ~Q(email=""))
                | Q(subject_id__isnull=True, email="", institution__isnull=False),
                name="declaration_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="declaration_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

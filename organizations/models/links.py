"""Two labs that applied together."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from lib.models import PublicModel
from lib.time import Now
from organizations.models.labs import Organization


class LabLinkQuerySet(models.QuerySet["LabLink"]):
    def visible_to(self, user: User) -> LabLinkQuerySet:
        """Whoever sees one of the labs sees what it is linked with."""
        labs = Organization.objects.visible_to(user)
        return self.filter(Q(first__in=labs) | Q(second__in=labs))

    def of(self, organization_id: uuid.UUID) -> LabLinkQuerySet:
        return self.filter(Q(first=organization_id) | Q(second=organization_id))

    def live(self) -> LabLinkQuerySet:
        return self.filter(ended_at=None)


class LabLink(PublicModel):
    """Two labs that may share where the programme and what both are approved for allow it.

    `first` has the smaller id, so that a pair is one pair whichever lab is named first.
    """

    first = models.ForeignKey(Organization, models.PROTECT, related_name="links_as_first")
    second = models.ForeignKey(Organization, models.PROTECT, related_name="links_as_second")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = LabLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="lab_link_in_order_of_ids"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at=None),
                name="lab_link_once_while_live",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="lab_link_ended_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"

    @property
    def labs(self) -> tuple[Organization, Organization]:
        return self.first, self.second

    def other(self, organization_id: uuid.UUID) -> Organization:
        """The lab on the other side."""
        return self.second if self.first_id == organization_id else self.first

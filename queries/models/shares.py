"""What one lab lets a linked lab read."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from lib.models import PublicModel
from lib.time import Now
from organizations.models import LabLink, Organization
from queries.models.asking import Query, Result


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, user: User) -> ShareQuerySet:
        """Whoever sees one of the two labs sees what was shared between them, ended or not."""
        labs = Organization.objects.visible_to(user)
        return self.filter(Q(organization__in=labs) | Q(reader__in=labs))

    def of(self, organization_id: uuid.UUID) -> ShareQuerySet:
        """Given or received by this lab."""
        return self.filter(Q(organization=organization_id) | Q(reader=organization_id))

    def live(self) -> ShareQuerySet:
        """Nobody has ended the share or the link, both labs have access, the policy allows it."""
        labs = Organization.objects.open().filter(programme__linked_labs_may_share=True)
        return self.filter(
            revoked_at=None, link__ended_at=None, organization__in=labs, reader__in=labs
        )

    def with_rows(self) -> ShareQuerySet:
        """With all that a page shows of them."""
        return self.select_related(
            "link__first",
            "link__second",
            "organization__programme",
            "reader__programme",
            "query__membership",
            "result__run__query__membership",
            "made_by",
        )


class Share(PublicModel):
    """One query or one result of `organization` that the members of `reader` may read."""

    link = models.ForeignKey(LabLink, models.PROTECT, related_name="shares")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="shares_given")
    reader = models.ForeignKey(Organization, models.PROTECT, related_name="shares_received")
    query = models.ForeignKey(Query, models.PROTECT, null=True, related_name="shares")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="shares")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(query__isnull=False, result=None) | Q(query=None, result__isnull=False),
                name="share_of_a_query_or_a_result",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="share_revoked_at_by",
            ),
            models.UniqueConstraint(
                fields=["link", "query"],
                condition=Q(revoked_at=None),
                name="share_of_query_once_while_live",
            ),
            models.UniqueConstraint(
                fields=["link", "result"],
                condition=Q(revoked_at=None),
                name="share_of_result_once_while_live",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.id}"

    @property
    def labs(self) -> tuple[Organization, Organization]:
        return self.organization, self.reader

    @property
    def shared_query(self) -> Query:
        """The query, or the one whose result it is."""
        if self.query is not None:
            return self.query
        assert self.result is not None  # noqa: S101  the database holds one of the two
        return self.result.run.query

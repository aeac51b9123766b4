"""The letters that ask cleared people in."""

from __future__ import annotations

from django.db import models

from lib.models import PublicModel
from lib.time import Now
from organizations.models.labs import Membership
from organizations.states import MembershipStatus


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Invitations that can still be answered."""
        return self.filter(
            used_at=None,
            revoked_at=None,
            expires_at__gt=Now(),
            membership__status=MembershipStatus.INVITED,
        )


class Invitation(PublicModel):
    """One letter that asks a cleared person in. The link's secret is stored hashed."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.email}"

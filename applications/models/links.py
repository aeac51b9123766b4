"""Applications of several institutions for one project: who belongs together, who is asked in."""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.application import Application
from applications.states import OPEN, ApplicationStatus
from lib.models import PublicModel
from lib.time import Now

# From these an invitation can still be taken up; what was withdrawn or refused invites nobody.
INVITING = (*OPEN, ApplicationStatus.APPROVED)


class LinkedApplication(PublicModel):
    """One application among those for the same project. `group` is the same for all of them."""

    group = models.UUIDField(default=uuid.uuid4, db_index=True)
    application = models.OneToOneField(Application, models.CASCADE, related_name="linked")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.application)


class LinkInvitationQuerySet(models.QuerySet["LinkInvitation"]):
    def open(self) -> LinkInvitationQuerySet:
        """Those that can still be answered."""
        return self.filter(
            answered_at=None,
            revoked_at=None,
            expires_at__gt=Now(),
            origin__status__in=INVITING,
        )

    def visible_to(self, user: User) -> LinkInvitationQuerySet:
        """Open ones, for whoever has proved to read the address that was invited.

        Nobody finds their own invitation here: who sent it sees it beside the application.
        """
        if not user.is_authenticated:
            return self.none()
        proved = EmailAddress.objects.filter(user=user, verified=True).values_list(
            "email", flat=True
        )
        addresses = [address.lower() for address in proved]
        return self.open().filter(email__in=addresses).exclude(origin__applicant=user)


class LinkInvitation(PublicModel):
    """A letter that asks somebody of another institution for an application of their own.

    The secret of its link is stored hashed. It may be handed on once, to the principal researcher
    of the invited person's institution: then it belongs to the new address alone.
    """

    origin = models.ForeignKey(Application, models.CASCADE, related_name="link_invitations")
    email = models.EmailField(_("e-mail address"))
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    handed_on_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # What came of it; empty while it is open and when the person declined.
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="taken_up_invitations"
    )

    objects = LinkInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "email"],
                condition=Q(answered_at=None, revoked_at=None),
                name="link_invitation_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(application=None) | Q(answered_at__isnull=False),
                name="link_invitation_taken_up_by_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(revoked_at=None),
                name="link_invitation_answered_or_revoked",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email}"

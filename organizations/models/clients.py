"""The keys of members, and the tokens that they are changed into."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.models import PublicModel
from lib.time import Now
from organizations.models.labs import Membership
from organizations.states import MembershipStatus, OrganizationStatus
from programmes.scope import Scope, read_scope


def use_is_stale() -> Q:
    """The last use of a client was noted more than a minute ago, or never."""
    return Q(last_used_at=None) | Q(last_used_at__lt=Now() - dt.timedelta(minutes=1))


class ClientQuerySet(models.QuerySet["Client"]):
    def usable(self) -> ClientQuerySet:
        """Clients whose key, member and lab all hold at this moment."""
        return self.filter(
            revoked_at=None,
            membership__status=MembershipStatus.ACTIVE,
            membership__user__is_active=True,
            membership__organization__status=OrganizationStatus.ACTIVE,
            membership__organization__starts_at__lte=Now(),
            membership__organization__ends_at__gt=Now(),
        )

    def with_stale_use(self) -> ClientQuerySet:
        """Say of each whether its use would be noted again."""
        return self.annotate(
            is_use_stale=models.ExpressionWrapper(use_is_stale(), models.BooleanField())
        )

    def visible_to(self, user: User) -> ClientQuerySet:
        """Members see their own clients, the principal researcher all of the lab's."""
        if not user.is_authenticated:
            return self.none()
        seats = Membership.objects.active().filter(user=user)
        led = seats.filter(seat=0).values("organization")
        return self.filter(Q(membership__in=seats) | Q(membership__organization__in=led))


class Client(PublicModel):
    """An API key and secret of one member, so that the lab sees who spent what."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="clients")
    name = models.CharField(_("name"), max_length=60, blank=True)
    client_key = models.CharField(max_length=40, unique=True)
    secret_hash = models.CharField(max_length=64)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ClientQuerySet.as_manager()

    def __str__(self) -> str:
        return self.client_key

    @cached_property
    def organization_id(self) -> uuid.UUID:
        """The lab; a client that `authenticate_token` read knows it already."""
        return self.membership.organization_id

    @cached_property
    def approved_data(self) -> Scope:
        """Which data its lab may ask for; a client that `authenticate_token` read knows it."""
        if stored := getattr(self, "stored_scope", None):
            return read_scope(stored)
        return self.membership.organization.approved_data


class Token(PublicModel):
    """A two-hour pass of a client; many may live at once, each stored hashed."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="tokens")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="token_by_expiry")]

    def __str__(self) -> str:
        return f"token of {self.client_id}"

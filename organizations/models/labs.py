"""The lab that was let in, and its ten seats."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from audit.status import MoveTable
from institutions.models import Institution
from lib.models import PublicModel
from lib.time import Now
from organizations.access import AccessPeriod
from organizations.models.approval import Approval, seats_within_nine
from organizations.states import (
    MEMBERSHIP_MOVES,
    ORGANIZATION_MOVES,
    SEATED,
    MembershipStatus,
    OrganizationStatus,
)
from organizations.ties import tied_to
from programmes.models import SEATS_FOR_COLLABORATORS, Programme


class QueryRule(models.TextChoices):
    """Who lets a query of this lab run. Set by the principal researcher."""

    EVERY_MEMBER = "EVERY_MEMBER", _("Members' queries run at once")
    PRINCIPAL_APPROVES = (
        "PRINCIPAL_APPROVES",
        _("The principal researcher approves each query before it runs"),
    )


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: User) -> OrganizationQuerySet:
        """Reviewing staff see every lab; others see those in which they hold an active seat."""
        if not user.is_authenticated:
            return self.none()
        if user.has_ability(Ability.REVIEW):
            return self
        mine = Membership.objects.active().filter(user=user)
        return self.filter(pk__in=mine.values("organization_id"))

    def open(self) -> OrganizationQuerySet:
        """Labs whose access holds now."""
        return self.not_ended().filter(starts_at__lte=Now())

    def not_ended(self) -> OrganizationQuerySet:
        """Labs whose access holds now or is about to begin."""
        return self.filter(status=OrganizationStatus.ACTIVE, ends_at__gt=Now())


class Organization(AccessPeriod, Approval):
    """A lab: one approved project of one institution."""

    moves: ClassVar[MoveTable] = ORGANIZATION_MOVES

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="organizations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    summary = models.TextField(_("summary"), blank=True)
    query_rule = models.CharField(
        _("Who lets a query run"),
        max_length=30,
        choices=QueryRule,
        default=QueryRule.EVERY_MEMBER,
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Organization")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OrganizationStatus.values), name="organization_has_status"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="organization_ends_after_start"
            ),
            seats_within_nine(),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organization_id(self) -> uuid.UUID:
        """The lab under whose name the audit log files this row."""
        return self.pk

    @property
    def has_access(self) -> bool:
        """Whether it holds now or is about to begin."""
        return Organization.objects.not_ended().filter(pk=self.pk).exists()

    @property
    def seats(self) -> int:
        """How many collaborators it may have: as approved, else as the programme says."""
        approved = self.collaborators_limit
        return self.programme.collaborators_limit if approved is None else approved

    @property
    def is_linked(self) -> bool:
        """Whether it ever was: what was shared stays on record."""
        return self.links_as_first.exists() or self.links_as_second.exists()

    @property
    def principal(self) -> Membership:
        return self.memberships.get(seat=0)

    def is_led_by(self, user: User) -> bool:
        return self.memberships.active().filter(user=user, seat=0).exists()

    def has_member(self, user: User) -> bool:
        return self.memberships.active().filter(user=user).exists()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(status=MembershipStatus.ACTIVE)

    def seated(self) -> MembershipQuerySet:
        return self.filter(status__in=SEATED)

    def awaiting_review(self) -> MembershipQuerySet:
        return self.filter(
            status=MembershipStatus.UNDER_REVIEW,
            organization__status=OrganizationStatus.ACTIVE,
        )

    def visible_to(self, user: User) -> MembershipQuerySet:
        """Whoever sees the lab sees its members; an invited person sees their own row."""
        if not user.is_authenticated:
            return self.none()
        labs = Organization.objects.visible_to(user)
        return self.filter(Q(organization__in=labs) | Q(user_id=user.pk, status__in=SEATED))

    def reviewable_by(self, user: User) -> MembershipQuerySet:
        """What a reviewer may judge: nobody with whom something ties them."""
        if not user.has_ability(Ability.REVIEW):
            return self.none()
        return self.exclude(pk__in=Membership.objects.filter(tied_to(user)).values("pk"))


class Membership(PublicModel):
    """One seat in a lab. Seat 0 is the principal researcher's, 1 to 9 are for collaborators.

    The seat number is what holds the limit: two rows cannot have the same one, so an eleventh
    person cannot be written whatever races. A row without a seat is history.
    """

    moves: ClassVar[MoveTable] = MEMBERSHIP_MOVES

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    seat = models.PositiveSmallIntegerField(null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="memberships"
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100)
    expertise = models.CharField(_("expertise"), max_length=100, blank=True)
    status = models.CharField(max_length=30, choices=MembershipStatus)
    is_cleared = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ["seat", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MembershipStatus.values),
                name="membership_has_status",
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=True) | Q(seat__lte=SEATS_FOR_COLLABORATORS),
                name="membership_seat_0_to_9",
            ),
            models.CheckConstraint(
                condition=Q(seat__isnull=False, status__in=SEATED)
                | (Q(seat__isnull=True) & ~Q(status__in=SEATED)),
                name="membership_seated_while_open",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(status__in=SEATED[1:]),
                name="membership_has_account",
            ),
            models.UniqueConstraint(fields=["organization", "seat"], name="membership_one_a_seat"),
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=Q(seat__isnull=False),
                name="membership_once_by_email",
            ),
            models.UniqueConstraint(
                fields=["organization", "user"],
                condition=Q(seat__isnull=False),
                name="membership_once_by_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organization})"

    @property
    def is_principal(self) -> bool:
        return self.seat == 0

    @property
    def is_active(self) -> bool:
        return self.status == MembershipStatus.ACTIVE

    @property
    def role_label(self) -> str:
        return str(_("Principal researcher") if self.is_principal else _("Collaborator"))

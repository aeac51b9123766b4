"""An application, the collaborators it names, and its frozen versions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from applications.addresses import addresses_of
from applications.registry import at_domain
from applications.states import (
    APPLICATION_MOVES,
    COLOURS,
    EDITABLE,
    OPEN,
    PUBLIC_NAMES,
    ApplicationStatus,
)
from audit.status import MoveTable
from institutions.models import Institution
from lib.models import PublicModel
from organizations.models import Organization
from programmes.models import Programme


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Applicants see their own; reviewers see what was ever submitted."""
        if not user.is_authenticated:
            return self.none()
        own = Q(applicant=user)
        if user.has_ability(Ability.REVIEW):
            return self.filter(own | Q(submitted_at__isnull=False))
        return self.filter(own)

    def without_part_of(self, user: User) -> ApplicationQuerySet:
        """Those that the person neither wrote nor is listed in, so may judge."""
        named = ListedCollaborator.objects.filter(email__in=addresses_of(user))
        return self.exclude(applicant=user).exclude(pk__in=named.values("application"))

    def awaiting_review(self) -> ApplicationQuerySet:
        """The queue, the one that is due first on top."""
        return self.filter(status=ApplicationStatus.SUBMITTED).order_by("due_at", "id")

    def in_hand(self) -> ApplicationQuerySet:
        """Submitted and not decided yet, whoever has to act."""
        return self.filter(status__in=OPEN, submitted_at__isnull=False).order_by("due_at", "id")

    def decided(self) -> ApplicationQuerySet:
        return self.filter(submitted_at__isnull=False).exclude(status__in=OPEN).order_by("-id")


class Application(PublicModel):
    """One researcher's request to be let in under a programme.

    `answers` holds the answer to each question of `applications.questions` by its key.
    """

    moves: ClassVar[MoveTable] = APPLICATION_MOVES

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    answers = models.JSONField(default=dict)
    version_count = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    organization = models.OneToOneField(
        Organization, models.PROTECT, null=True, related_name="application"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values),
                name="application_has_status",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.APPROVED, organization__isnull=False)
                | (~Q(status=ApplicationStatus.APPROVED) & Q(organization__isnull=True)),
                name="application_approved_with_lab",
            ),
            models.UniqueConstraint(
                fields=["programme", "applicant"],
                condition=Q(status=ApplicationStatus.DRAFT),
                name="application_one_draft",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="application_queue",
                condition=Q(status=ApplicationStatus.SUBMITTED),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])

    @property
    def title(self) -> str:
        return str(self.answers.get("project_title") or _("Untitled application"))

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_awaiting_review(self) -> bool:
        return self.status == ApplicationStatus.SUBMITTED

    @property
    def latest_version(self) -> ApplicationVersion:
        """What staff judge; the applicant's present answers may have moved on."""
        return self.versions.get(number=self.version_count)

    @property
    def status_colour(self) -> str:
        return COLOURS[ApplicationStatus(self.status)]

    @property
    def public_status(self) -> str:
        return str(PUBLIC_NAMES[ApplicationStatus(self.status)])

    def names(self, user: User) -> bool:
        """Whether a person is listed as a collaborator, by any address of theirs."""
        listed = self.collaborators.values_list("email", flat=True)
        return bool(addresses_of(user) & {email.lower() for email in listed})


class ListedCollaborator(PublicModel):
    """A person whom the applicant wants in the lab; reviewed with the application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="collaborators")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100)
    expertise = models.CharField(_("expertise"), max_length=100)
    works_elsewhere = models.BooleanField(
        default=False, help_text=_("What the applicant says; staff judge by it.")
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], name="listed_collaborator_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def institution(self) -> Institution | None:
        """Where the person works by the applicant's answer, as the application stands now."""
        if not self.works_elsewhere:
            return self.application.institution
        here = self.application.institution_id
        return next((each for each in at_domain(self.email) if each.pk != here), None)

    @property
    def is_at_home(self) -> bool:
        """Whether both the answer and the address show the application's institution."""
        institution = self.application.institution
        if self.works_elsewhere or institution is None:
            return False
        return institution.owns_domain(self.email.rpartition("@")[2])


class ApplicationVersion(PublicModel):
    """What was submitted, frozen: the answers and the collaborators of that moment."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    collaborators = models.JSONField()
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

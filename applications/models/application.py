"""An application, and who may see and judge it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Ability
from applications.addresses import addresses_of
from applications.models.forms import FormVersion
from applications.models.queue import QUEUE_INDEXES
from applications.states import (
    APPLICATION_MOVES,
    COLOURS,
    EDITABLE,
    OPEN,
    PUBLIC_NAMES,
    WITH_STAFF,
    ApplicationStatus,
)
from audit.status import MoveTable
from institutions.models import Institution
from lib.models import PublicModel
from organizations.models import Organization
from programmes.models import Programme
from reviews.models import Colour, Conflict, Review
from reviews.states import ReviewStatus

if TYPE_CHECKING:
    from applications.models.versions import ApplicationVersion


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Applicants see their own; reviewers see what they may judge."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(applicant=user) | self._judgeable_by(user))

    def reviewable_by(self, user: User) -> ApplicationQuerySet:
        """What was submitted and the person may judge: never their own, nor where a tie stands.

        Whoever was asked from outside sees that one file until their review is given and the
        application decided.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(self._judgeable_by(user)).exclude(applicant=user)

    def _judgeable_by(self, user: User) -> Q:
        tied = Conflict.objects.standing().filter(subject_id=OuterRef("pk"), person=user)
        free = Q(submitted_at__isnull=False) & Q(~Exists(tied))
        if user.has_ability(Ability.REVIEW):
            return free
        asked = Review.objects.filter(subject_id=OuterRef("pk"), reviewer=user, is_external=True)
        is_under_way = Q(Exists(asked.filter(status=ReviewStatus.ASSIGNED)))
        is_undecided = Q(Exists(asked.filter(status=ReviewStatus.GIVEN)), status__in=OPEN)
        return free & (is_under_way | is_undecided)

    def with_staff(self) -> ApplicationQuerySet:
        """Those in which the next act is the staff's."""
        return self.filter(status__in=WITH_STAFF).order_by("due_at", "id")

    def decided(self) -> ApplicationQuerySet:
        return self.filter(submitted_at__isnull=False).exclude(status__in=OPEN).order_by("-id")


class Application(PublicModel):
    """One researcher's request to be let in under a programme.

    `answers` holds the answer to each question of its form by the question's key, and
    `answer_versions` the number of the form in which each was given. A draft follows the newest
    form; what was submitted stays with its own. `revision` counts the saves, so that of two tabs
    the later one notices.
    """

    moves: ClassVar[MoveTable] = APPLICATION_MOVES

    # Who was found free to judge this very object, so that one page does not look again for each
    # button; whoever locks the row to write forgets it.
    judge_found_free: uuid.UUID | None = None

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    status = models.CharField(
        max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="applications")
    answers = models.JSONField(default=dict)
    answer_versions = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    version_count = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # The reviewer who leads the file from the screening to the decision.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="led_applications"
    )
    # Where the review goes on when the applicant has answered; empty unless asked for changes.
    resumes_as = models.CharField(max_length=20, choices=ApplicationStatus, blank=True)
    organization = models.OneToOneField(
        Organization, models.PROTECT, null=True, related_name="application"
    )

    # The closed application that this one takes up again.
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    # What the queue filters and searches by; `applications.desk` keeps them.
    colour = models.CharField(max_length=10, choices=Colour, blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    search = SearchVectorField(null=True)

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
                name="application_with_staff",
                condition=Q(status__in=WITH_STAFF),
            ),
            *QUEUE_INDEXES,
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
    def is_with_staff(self) -> bool:
        """Whether the next act is the staff's."""
        return self.status in WITH_STAFF

    @property
    def latest_version(self) -> ApplicationVersion:
        """What staff judge; the applicant's present answers may have moved on."""
        version: ApplicationVersion = self.versions.get(number=self.version_count)
        return version

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

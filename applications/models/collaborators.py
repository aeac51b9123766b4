"""The people whom an applicant wants in the lab."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from applications.models.application import Application
from applications.registry import at_domain
from applications.team import COLLABORATOR_MOVES, COLOURS, CollaboratorStatus
from audit.status import MoveTable
from institutions.models import Institution
from lib.models import PublicModel


class ListedCollaboratorQuerySet(models.QuerySet["ListedCollaborator"]):
    def confirmed(self) -> ListedCollaboratorQuerySet:
        """Those who are decided with the application."""
        return self.filter(status=CollaboratorStatus.CONFIRMED)


class ListedCollaborator(PublicModel):
    """A person whom the applicant wants in the lab; reviewed with the application.

    Each is asked by a letter to confirm what the applicant says of them. `asked_at` is the moment
    of the last letter, `answered_at` that of the answer.
    """

    moves: ClassVar[MoveTable] = COLLABORATOR_MOVES

    application = models.ForeignKey(Application, models.CASCADE, related_name="collaborators")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=100)
    expertise = models.CharField(_("expertise"), max_length=100)
    works_elsewhere = models.BooleanField(
        default=False, help_text=_("What the applicant says; staff judge by it.")
    )
    works_in = CountryField(_("country in which the person works"), blank=True)
    travels_from = models.DateField(null=True)
    travels_until = models.DateField(null=True)
    status = models.CharField(
        max_length=20, choices=CollaboratorStatus, default=CollaboratorStatus.LISTED
    )
    token_hash = models.CharField(max_length=64, blank=True)
    letters_count = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    objects = ListedCollaboratorQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "email"], name="listed_collaborator_once"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=CollaboratorStatus.values),
                name="listed_collaborator_has_status",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~models.Q(token_hash=""),
                name="listed_collaborator_by_token",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status_colour(self) -> str:
        return COLOURS[CollaboratorStatus(self.status)]

    @property
    def answer_by(self) -> dt.datetime | None:
        """Until when the last letter is good."""
        if self.asked_at is None:
            return None
        return self.asked_at + dt.timedelta(days=self.application.programme.member_confirm_days)

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

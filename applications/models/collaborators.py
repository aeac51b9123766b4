"""The people whom an applicant wants in the lab."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from applications.models.application import Application
from applications.registry import at_domain
from institutions.models import Institution
from lib.models import PublicModel


class ListedCollaborator(PublicModel):
    """A person whom the applicant wants in the lab; reviewed with the application."""

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

"""Who asked to be told when something opens: a country, civil society, the intake."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from programmes.models.programme import Programme
from programmes.regions import name_of

# What the registry calls the organisations of civil society.
CIVIL_SOCIETY_KIND = "nonprofit"


class InterestKind(models.TextChoices):
    """What somebody waits for."""

    REGION = "REGION", _("A country")
    CIVIL_SOCIETY = "CIVIL_SOCIETY", _("Civil society")
    INTAKE = "INTAKE", _("The intake")


class InterestQuerySet(models.QuerySet["Interest"]):
    def waiting(self) -> InterestQuerySet:
        """Confirmed by the owner of the address, and not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at=None)

    def opened(self, programme: Programme) -> InterestQuerySet:
        """Those whose wish this programme now fulfils: nobody is called to a closed door."""
        if not (programme.is_public and programme.intake_is_open):
            return self.none()
        ready = Q(kind=InterestKind.REGION, country_code__in=programme.country_codes)
        ready |= Q(kind=InterestKind.INTAKE)
        if CIVIL_SOCIETY_KIND in programme.institution_kinds:
            covered = Q(country_code__in=programme.country_codes)
            ready |= covered & Q(kind=InterestKind.CIVIL_SOCIETY)
        return self.filter(ready, programme=programme)


class Interest(PublicModel):
    """One wish of one address, good only after its owner confirmed it by mail.

    The token of the mail's links is kept as a hash. Who stops it is deleted, and so is who never
    confirms and, some time after, who was told.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="interests")
    kind = models.CharField(max_length=20, choices=InterestKind)
    email = models.EmailField(_("e-mail address"))
    country_code = models.CharField(max_length=2, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "email", "country_code"], name="interest_once"
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="interest_email_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=InterestKind.values), name="interest_has_kind"
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(confirmed_at__isnull=False),
                name="interest_told_after_confirming",
            ),
        ]
        indexes = [
            models.Index(
                fields=["programme", "kind", "country_code"],
                name="interest_waiting",
                condition=Q(confirmed_at__isnull=False, told_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.country_code}"

    @property
    def country_name(self) -> str:
        return name_of(self.country_code) if self.country_code else ""

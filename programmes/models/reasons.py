"""The reasons that staff may give for a decision, as rows that the operator may change."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from programmes.models.programme import Programme
from programmes.models.texts import in_language

_UPPER_CASE = RegexValidator(
    r"\A[A-Z][A-Z0-9_]*\Z",
    _("A code has capital letters, digits and underscores, and begins with a letter."),
)


class ReasonOutcome(models.TextChoices):
    """Which decision a reason goes with."""

    APPROVED = "APPROVED", _("Approval")
    DECLINED = "DECLINED", _("Refusal")


class ReasonCodeQuerySet(models.QuerySet["ReasonCode"]):
    def in_use(self, programme: Programme, outcome: str) -> ReasonCodeQuerySet:
        """What staff may choose now, in the operator's order."""
        return self.filter(programme=programme, outcome=outcome, retired_at=None).order_by(
            "position", "code"
        )


class ReasonCode(PublicModel):
    """One reason, with what the applicant can do about it and the ground it stands on.

    A code that was given in a decision stays for ever, so codes are retired and never deleted.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="reason_codes")
    code = models.CharField(_("code"), max_length=40, validators=[_UPPER_CASE])
    outcome = models.CharField(_("goes with"), max_length=20, choices=ReasonOutcome)
    title = models.JSONField(default=dict)
    guidance = models.JSONField(default=dict, blank=True)
    legal_ground = models.CharField(_("legal ground"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ReasonCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason")
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="reason_code_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=ReasonOutcome.values), name="reason_code_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.code

    @property
    def text(self) -> str:
        return in_language(self.title)

    @property
    def guidance_text(self) -> str:
        return in_language(self.guidance)

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

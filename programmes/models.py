"""The policy: what the operator decides, as rows with no rule of their own."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel

SEATS_FOR_COLLABORATORS = 9


def in_language(texts: dict[str, str]) -> str:
    """A policy text in the reader's language, else in English."""
    return texts.get((get_language() or "en").split("-")[0]) or texts.get("en", "")


class ProgrammeManager(models.Manager["Programme"]):
    def default(self) -> "Programme":
        """The programme that a page shows when it is not told which."""
        return self.earliest("created_at", "id")


class Programme(PublicModel):
    """One policy under which access is given, and the corpus it gives access to."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    corpus = models.SlugField(_("corpus"), default="main")
    intake_is_open = models.BooleanField(_("applications are open"), default=True)
    intake_message = models.JSONField(_("message while closed"), default=dict, blank=True)
    country_codes = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    institution_kinds = ArrayField(models.CharField(max_length=20))
    collaborators_limit = models.PositiveSmallIntegerField(default=SEATS_FOR_COLLABORATORS)
    research_requests_limit = models.PositiveIntegerField(default=1_000)
    research_records_limit = models.PositiveIntegerField(default=100_000)
    relations_requests_limit = models.PositiveIntegerField(default=20_000)
    relations_records_limit = models.PositiveIntegerField(default=2_000_000)
    longest_access_days = models.PositiveIntegerField(default=730)
    review_target_days = models.PositiveIntegerField(default=28)
    invitation_days = models.PositiveIntegerField(default=14)

    objects = ProgrammeManager()

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(collaborators_limit__lte=SEATS_FOR_COLLABORATORS),
                name="programme_has_at_most_nine_collaborators",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def current_terms(self) -> "Terms":
        return self.terms.latest("version")


class Criterion(models.Model):
    """One thing a researcher must fulfil, asked in the self-check and judged in the review."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    code = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    question = models.JSONField(default=dict)
    sentence_if_met = models.JSONField(default=dict)
    sentence_if_unmet = models.JSONField(default=dict)
    sentence_if_unsure = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="criterion_once")]

    def __str__(self) -> str:
        return self.code

    def text(self, field: str) -> str:
        texts: dict[str, Any] = getattr(self, field)
        return in_language(texts)


class Terms(PublicModel):
    """One version of the terms that an applicant and each member accept."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="terms")
    version = models.PositiveSmallIntegerField()
    body = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="terms_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.version}"

    @property
    def text(self) -> str:
        return in_language(self.body)

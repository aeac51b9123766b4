"""What a researcher must fulfil, and the terms that each person accepts."""

from django.db import models

from lib.models import PublicModel
from programmes.models.programme import Programme
from programmes.models.texts import in_language


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

    @property
    def shown_title(self) -> str:
        return self.text("title")

    def text(self, field: str) -> str:
        texts: dict[str, str] = getattr(self, field)
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

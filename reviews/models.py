"""Evidence and decisions about a subject, which may be an application or a membership.

The subject is named by kind and id, because what is judged lives in apps above this one.
"""

import uuid
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel


class Colour(models.TextChoices):
    """How a piece of evidence speaks; it never decides."""

    GREEN = "GREEN", _("Speaks for it")
    YELLOW = "YELLOW", _("Needs a look")
    RED = "RED", _("Speaks against it")


class Outcome(models.TextChoices):
    APPROVED = "APPROVED", _("Approved")
    DECLINED = "DECLINED", _("Declined")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")


class Reason(models.TextChoices):
    """Why staff decided so; `MEETS_CRITERIA` goes with an approval, the others with a refusal."""

    MEETS_CRITERIA = "MEETS_CRITERIA", _("All criteria are met")
    REGION_NOT_OPEN = "REGION_NOT_OPEN", _("The region is not open yet")
    INSTITUTION_NOT_ELIGIBLE = (
        "INSTITUTION_NOT_ELIGIBLE",
        _("The institution is not eligible"),
    )
    EXPERTISE_NOT_SHOWN = (
        "EXPERTISE_NOT_SHOWN",
        _("Expertise in the field is not shown"),
    )
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST", _("There is a conflict of interest")
    PROPOSAL_NOT_DEFINED = (
        "PROPOSAL_NOT_DEFINED",
        _("The proposal is not clearly defined"),
    )
    COMMERCIAL_USE = "COMMERCIAL_USE", _("The use is commercial")
    IDENTITY_NOT_SHOWN = (
        "IDENTITY_NOT_SHOWN",
        _("Who the person is could not be confirmed"),
    )
    INCOMPLETE = "INCOMPLETE", _("Information is missing")


Row = TypeVar("Row", bound=models.Model)


class SubjectQuerySet(models.QuerySet[Row]):
    def about(self, subject: models.Model) -> "SubjectQuerySet[Row]":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class AboutSubject(PublicModel):
    """What evidence and decisions share: what they are about."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        abstract = True

    def name_subject(self, subject: models.Model) -> None:
        self.subject_kind, self.subject_id = (
            subject._meta.label_lower,
            uuid.UUID(str(subject.pk)),
        )


class Evidence(AboutSubject):
    """One checked fact, with where it comes from and the sentence that staff and applicant read."""

    version = models.PositiveSmallIntegerField(default=1)
    criterion_code = models.SlugField()
    colour = models.CharField(max_length=10, choices=Colour)
    value = models.CharField(max_length=250, blank=True)
    sentence = models.CharField(max_length=500)
    source = models.CharField(max_length=120)

    objects: ClassVar = SubjectQuerySet["Evidence"].as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_id", "version"], name="evidence_by_subject")]

    def __str__(self) -> str:
        return f"{self.criterion_code} {self.colour}"


class Decision(AboutSubject):
    """What staff decided, why, and in whose name."""

    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.CharField(max_length=40, choices=Reason, blank=True)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar = SubjectQuerySet["Decision"].as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_id"], name="decision_by_subject")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.reason}"

    @property
    def title(self) -> str:
        """The outcome with the reason, if one was given."""
        labels = [self.get_outcome_display(), self.get_reason_display()]
        return " · ".join(label for label in labels if label)

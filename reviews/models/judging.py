"""Facts, opinions and decisions about a subject."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.status import MoveTable
from programmes.models import in_language
from reviews.models.subjects import AboutSubject, SubjectQuerySet
from reviews.states import APPEAL_MOVES, REVIEW_MOVES, AppealStatus, ReviewStatus


class Colour(models.TextChoices):
    """How a piece of evidence speaks; it never decides."""

    GREEN = "GREEN", _("Speaks for it")
    YELLOW = "YELLOW", _("Needs a look")
    RED = "RED", _("Speaks against it")


class Asserter(models.TextChoices):
    """Whose word a fact is; another's is worth more than one's own."""

    SYSTEM = "SYSTEM", _("This portal")
    PERSON = "PERSON", _("The applicant")
    REGISTRY = "REGISTRY", _("The registry of institutions")
    INSTITUTION = "INSTITUTION", _("The institution")
    IDENTITY_PROVIDER = "IDENTITY_PROVIDER", _("An identity provider")


class Outcome(models.TextChoices):
    APPROVED = "APPROVED", _("Approved")
    APPROVED_WITH_CONDITIONS = "APPROVED_WITH_CONDITIONS", _("Approved with conditions")
    DECLINED = "DECLINED", _("Declined")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", _("Changes requested")


def _reason_text(row: Decision | Review) -> str:
    title: dict[str, str] | None = getattr(row, "reason_title", None)
    return in_language(title) if title else row.reason


class Evidence(AboutSubject):
    """One checked fact, with where it comes from and the sentence that staff and applicant read.

    `kind` names the check. `question_key` is the question it stands beside, `part_id` the person or
    thing inside of the subject that it speaks of, if it speaks of one. A fact that was found before
    and still holds keeps the day on which it was found.
    """

    version = models.PositiveSmallIntegerField(default=1)
    criterion_code = models.SlugField()
    colour = models.CharField(max_length=10, choices=Colour)
    value = models.CharField(max_length=250, blank=True)
    sentence = models.CharField(max_length=500)
    source = models.CharField(max_length=120)
    kind = models.SlugField(blank=True)
    question_key = models.CharField(max_length=60, blank=True)
    part_id = models.UUIDField(null=True)
    asserted_by = models.CharField(max_length=120, choices=Asserter, blank=True)
    asserted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects: ClassVar = SubjectQuerySet["Evidence"].as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_id", "version"], name="evidence_by_subject")]

    def __str__(self) -> str:
        return f"{self.criterion_code} {self.colour}"


class Decision(AboutSubject):
    """What staff decided, why, and in whose name.

    A screening's refusal is a proposal until a second reviewer confirms it.
    """

    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=30, choices=Outcome)
    is_proposal = models.BooleanField(default=False)
    reason = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    scope = models.JSONField(default=dict, blank=True)
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
        labels = [self.get_outcome_display(), self.reason_text]
        return " · ".join(str(label) for label in labels if label)

    @property
    def reason_text(self) -> str:
        """The words of the reason, where `with_reason_texts` fetched them; else its code."""
        return _reason_text(self)


class Review(AboutSubject):
    """One reviewer's own judgement; nobody else reads it until all of them are in."""

    moves: ClassVar[MoveTable] = REVIEW_MOVES

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews")
    status = models.CharField(max_length=20, choices=ReviewStatus, default=ReviewStatus.ASSIGNED)
    version = models.PositiveSmallIntegerField(default=1)
    is_external = models.BooleanField(default=False)
    is_tie_break = models.BooleanField(default=False)
    is_appeal = models.BooleanField(default=False)
    touched_at = models.DateTimeField(null=True)
    offered_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    recommendation = models.CharField(max_length=30, choices=Outcome, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    checklist = models.JSONField(default=dict, blank=True)
    # What was given about versions before this one, the oldest first.
    earlier = models.JSONField(default=list, blank=True)

    objects: ClassVar = SubjectQuerySet["Review"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "reviewer", "is_appeal"],
                condition=models.Q(status__in=[ReviewStatus.ASSIGNED, ReviewStatus.GIVEN]),
                name="review_once_a_reviewer",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ReviewStatus.GIVEN)
                | (models.Q(given_at__isnull=False) & ~models.Q(recommendation="")),
                name="review_given_with_recommendation",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="review_by_subject"),
            models.Index(
                fields=["reviewer"],
                name="review_open_by_reviewer",
                condition=models.Q(status=ReviewStatus.ASSIGNED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.status}"

    @property
    def is_for(self) -> bool:
        """Whether it recommends to let the lab in, with conditions or without."""
        return self.recommendation in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)

    @property
    def reason_text(self) -> str:
        """The words of the reason, where `with_reason_texts` fetched them; else its code."""
        return _reason_text(self)


class Appeal(AboutSubject):
    """A refusal that the applicant asks others to look at again."""

    moves: ClassVar[MoveTable] = APPEAL_MOVES

    text = models.TextField()
    status = models.CharField(max_length=20, choices=AppealStatus, default=AppealStatus.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar = SubjectQuerySet["Appeal"].as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=models.Q(status=AppealStatus.OPEN),
                name="appeal_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.status}"

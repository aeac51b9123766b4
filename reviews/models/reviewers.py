"""The people who review: their conflicts, absences and ways of working."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.models import PublicModel
from reviews.models.subjects import AboutSubject, SubjectQuerySet


class ConflictKind(models.TextChoices):
    """Why somebody may not judge; each closes the file."""

    PART = "PART", _("Takes part in it")
    SAME_INSTITUTION = "SAME_INSTITUTION", _("Same institution")
    SAME_DOMAIN = "SAME_DOMAIN", _("Same e-mail domain")
    SAME_LAB = "SAME_LAB", _("Member of the same lab")
    COAUTHOR = "COAUTHOR", _("Co-author")
    JOINT_APPLICATION = "JOINT_APPLICATION", _("Applies together with them")
    DECLARED = "DECLARED", _("Declared by the reviewer")


class ConflictQuerySet(SubjectQuerySet["Conflict"]):
    def standing(self) -> ConflictQuerySet:
        """Those that close the file: an operator may have lifted the others."""
        return self.filter(lifted_at__isnull=True)


class Conflict(AboutSubject):
    """One reason why one person may not judge one subject.

    A row is never taken away, because whoever hides a tie must not open the file by it. An operator
    may lift one that was computed; `objection` is what the person says against it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=30, choices=ConflictKind)
    sentence = models.CharField(max_length=300)
    objection = models.TextField(max_length=1000, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lift_reason = models.TextField(max_length=1000, blank=True)

    objects: ClassVar = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject_id", "kind"], name="conflict_once_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="conflict_lifted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["subject_id"], name="conflict_by_subject")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"


class Absence(PublicModel):
    """Days, both counted, on which a reviewer is given nothing new."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    first_date = models.DateField(_("first day"))
    last_date = models.DateField(_("last day"))

    class Meta:
        ordering = ["first_date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_date__gte=models.F("first_date")),
                name="absence_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.first_date} {self.last_date}"


class SavedView(PublicModel):
    """A choice of filters of the queue, under a name of its owner's."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=60)
    query_string = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class Snippet(PublicModel):
    """A text that reviewers use often, such as the explanation of a reason."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    body = models.TextField(_("text"), max_length=5000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

"""What every row about a subject shares."""

import uuid
from typing import TypeVar

from django.db import models

from lib.models import PublicModel

Row = TypeVar("Row", bound=models.Model)


class SubjectQuerySet(models.QuerySet[Row]):
    def about(self, subject: models.Model) -> "SubjectQuerySet[Row]":
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)


class AboutSubject(PublicModel):
    """A row about one subject, which may be an application, a membership or something later."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        abstract = True

    def name_subject(self, subject: models.Model) -> None:
        self.subject_kind, self.subject_id = (
            subject._meta.label_lower,
            uuid.UUID(str(subject.pk)),
        )

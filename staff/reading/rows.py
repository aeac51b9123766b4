"""The rows of the queue: one query for each kind of fact, however many rows there are."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT

from applications.models import Application, ApplicationVersion
from applications.states import ApplicationStatus as S
from reviews.models import Review
from reviews.states import ReviewStatus

# What a row shows, and nothing else: answers and search words are long.
_COLUMNS = (
    "status",
    "version_count",
    "submitted_at",
    "due_at",
    "decided_at",
    "colour",
    "country_code",
    "organization_id",
    "applicant__name",
    "applicant__email",
    "institution__name",
    "institution__country",
    "owner__name",
    "owner__email",
)


@dataclass(frozen=True)
class Row:
    """One application as the queue shows it; the title is that of the frozen version."""

    application: Application
    title: str
    institution_name: str
    is_overdue: bool
    is_mine: bool
    age_days: int
    reviewers: list[tuple[str, bool]] = field(default_factory=list)


def only_for_rows(applications: QuerySet[Application]) -> QuerySet[Application]:
    return applications.select_related("applicant", "institution", "owner").only(*_COLUMNS)


def read_rows(
    applications: Iterable[Application], *, user_id: uuid.UUID, moment: dt.datetime
) -> list[Row]:
    """The rows with their titles and reviewers."""
    chosen = list(applications)
    titles, reviews = _titles(chosen), _reviews(chosen)
    return [
        Row(
            application=each,
            title=titles.get(each.pk, ("", ""))[0],
            institution_name=titles.get(each.pk, ("", ""))[1],
            is_overdue=is_overdue(each, moment),
            is_mine=each.owner_id == user_id
            or any(
                row.reviewer_id == user_id and row.status == ReviewStatus.ASSIGNED
                for row in reviews.get(each.pk, [])
            ),
            age_days=(moment - each.submitted_at).days if each.submitted_at else 0,
            reviewers=[
                (str(row.reviewer), row.status == ReviewStatus.GIVEN)
                for row in reviews.get(each.pk, [])
                if each.status in (S.IN_REVIEW, S.APPEALED)
            ],
        )
        for each in chosen
    ]


def _titles(applications: list[Application]) -> dict[Any, tuple[str, str]]:
    """Title and institution as frozen; what the applicant is changing now stays theirs."""
    versions = ApplicationVersion.objects.filter(
        application__in=applications, number=F("application__version_count")
    ).values_list("application_id", KT("answers__project_title"), KT("answers__institution_name"))
    return {pk: (title or "", institution or "") for pk, title, institution in versions}


def _reviews(applications: list[Application]) -> dict[Any, list[Review]]:
    found: dict[Any, list[Review]] = {}
    rows = Review.objects.filter(
        subject_id__in=[each.pk for each in applications],
        status__in=(ReviewStatus.ASSIGNED, ReviewStatus.GIVEN),
    )
    for row in rows.select_related("reviewer").only(
        "subject_id", "status", "is_appeal", "reviewer__name", "reviewer__email"
    ):
        found.setdefault(row.subject_id, []).append(row)
    return found


def is_overdue(application: Application, moment: dt.datetime) -> bool:
    due_at = application.due_at
    return application.is_with_staff and due_at is not None and due_at < moment

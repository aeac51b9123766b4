"""The reviews of a file as one person may read them."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.roles import Ability
from applications.models import Application
from applications.states import ApplicationStatus as S
from reviews.models import Review
from reviews.states import ReviewStatus
from staff.forms.reviews import Verdict

# While these last, the reviews are blind to each other.
_UNDER_WAY = (S.SUBMITTED, S.REFUSAL_PROPOSED, S.IN_REVIEW, S.CHANGES_REQUESTED)
_COLOURS = {"MET": "green", "NOT_MET": "red", "UNSURE": "yellow"}
_STANDING = (ReviewStatus.ASSIGNED, ReviewStatus.GIVEN)


@dataclass(frozen=True)
class ReadReview:
    """One review; `is_open` says whether the reader may see what is in it."""

    row: Review
    is_mine: bool
    is_open: bool

    @property
    def is_given(self) -> bool:
        return self.row.status == ReviewStatus.GIVEN


@dataclass(frozen=True)
class Reviews:
    """All reviews that stand, as one person may read them."""

    rows: list[ReadReview]
    lacks_reviewer: bool

    @property
    def to_give(self) -> Review | None:
        """The reader's own that is under way."""
        owed = (each.row for each in self.rows if each.is_mine and not each.is_given)
        return next(owed, None)

    @property
    def are_blind(self) -> bool:
        return any(each.is_given and not each.is_open for each in self.rows)

    @property
    def waiting_for(self) -> list[str]:
        return [str(each.row.reviewer) for each in self.rows if not each.is_given]


def read_reviews(application: Application, user: User) -> Reviews:
    """Others' reviews stay closed until all are in; one's own is always open."""
    rows = list(
        Review.objects.about(application)
        .filter(status__in=_STANDING)
        .select_related("reviewer")
        .order_by("is_appeal", "id")
    )
    is_appeal = application.status == S.APPEALED
    current = [row for row in rows if row.is_appeal == is_appeal]
    lacks = len(current) < application.programme.review_count
    is_mine_to_take = not any(row.reviewer_id == user.pk for row in current)
    return Reviews(
        [_read(row, application, user) for row in rows],
        lacks_reviewer=lacks
        and is_mine_to_take
        and application.status in (S.IN_REVIEW, S.APPEALED),
    )


def _read(row: Review, application: Application, user: User) -> ReadReview:
    is_mine = row.reviewer_id == user.pk
    is_over = application.status not in _UNDER_WAY and not (
        row.is_appeal and application.status == S.APPEALED
    )
    is_of_the_house = user.has_ability(Ability.REVIEW)
    return ReadReview(row, is_mine, is_mine or (is_over and is_of_the_house))


def compared(application: Application, reviews: Reviews) -> list[dict[str, Any]]:
    """Criterion by criterion, what each review that is open says; the differences are marked."""
    given = [each for each in reviews.rows if each.is_given and each.is_open]
    return [
        {"title": criterion.text("title"), "cells": cells, "is_split": _differ(cells)}
        for criterion in application.programme.criteria.all()
        if any(cells := [_cell(each.row, criterion.code) for each in given])
    ]


def _cell(row: Review, code: str) -> dict[str, str]:
    said: dict[str, str] = row.checklist.get(code) or {}
    if not said:
        return {}
    verdict = said.get("verdict", "")
    return {
        "label": str(dict(Verdict.choices).get(verdict, verdict)),
        "colour": _COLOURS.get(verdict, ""),
        "remark": said.get("remark", ""),
    }


def _differ(cells: list[dict[str, str]]) -> bool:
    return len({cell.get("label") for cell in cells}) > 1

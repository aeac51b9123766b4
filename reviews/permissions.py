"""Who may do what with a review. Who may judge a subject at all is the subject's own rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed

if TYPE_CHECKING:
    from reviews.models import Appeal, Review


def check_review(row: object, by: User | None) -> None:
    if by is None or not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only reviewers may do this."))


def check_own_review(review: Review, by: User | None) -> None:
    if by is None or review.reviewer_id != by.pk:
        raise NotAllowed(_("Only the reviewer to whom it is assigned may give this review."))


def check_run_reviews(review: Review, by: User | None) -> None:
    """Carrel itself, and operators."""
    if by is not None and not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may hand on somebody else's review."))


def check_hand_on(review: Review, by: User | None) -> None:
    """The reviewer who steps back, an operator, or Carrel when nobody touched it in time."""
    if by is None or review.reviewer_id != by.pk:
        check_run_reviews(review, by)


def check_own_appeal(appeal: Appeal, by: User | None) -> None:
    if by is None or appeal.opened_by_id != by.pk:
        raise NotAllowed(_("Only the applicant may drop the appeal."))


def check_keep_absences(reviewer: User, by: User) -> None:
    """Their own, or anybody's for an operator."""
    if by.pk != reviewer.pk and not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may set the absences of somebody else."))

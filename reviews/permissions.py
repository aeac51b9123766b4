"""Who may do what with a review. Who may judge a subject at all is the subject's own rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from reviews.models import Appeal, Conflict, Declaration, Review


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


def check_lift_conflict(conflict: Conflict, by: User) -> None:
    """Operators lift what was computed, for others only; what somebody says of themselves and
    taking part stay."""
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may lift a conflict of interest."))
    if conflict.person_id == by.pk:
        raise NotAllowed(_("This is a tie of your own: another operator has to decide about it."))
    if conflict.kind in ("DECLARED", "PART"):
        raise NotAllowed(
            _("A declared tie is taken back by whoever declared it, and taking part stays a tie.")
        )


def check_object_to_conflict(conflict: Conflict, by: User) -> None:
    if conflict.person_id != by.pk:
        raise NotAllowed(_("Only the person whom it is about may object to a conflict."))


def check_ask_back(declaration: Declaration, by: User) -> None:
    if declaration.declared_by_id != by.pk:
        raise NotAllowed(_("Only whoever declared a tie may ask to take it back."))


def check_end_declaration(declaration: Declaration, by: User) -> None:
    """An operator consents to what somebody else asked for."""
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may consent to taking a declaration back."))
    if declaration.declared_by_id == by.pk:
        raise NotAllowed(_("This is a declaration of your own: another operator has to consent."))
    if declaration.asked_back_at is None:
        raise Refused(_("Whoever declared this tie has not asked to take it back."))

"""Stepping back: a reviewer gives up their part in an application."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions.choosing import go_on, hand_on_lead
from applications.actions.declaring import keep_declaration
from applications.actions.locking import lock
from applications.models import Application
from applications.permissions import check_step_back
from applications.states import ApplicationStatus
from applications.verdicts import standing_reviews
from audit.status import change_status
from lib.errors import Refused
from reviews.actions import declare_conflict, hand_on_review
from reviews.states import ReviewStatus

_S = ApplicationStatus


@transaction.atomic
def step_back(
    application: Application, *, by: User, why: str = "", has_conflict: bool = False
) -> Application:
    """A reviewer gives up their part, and others are asked.

    A conflict has to be explained. It closes the file to them, and what they said about it does
    not count any more.
    """
    lock(application)
    check_step_back(application, by)
    if has_conflict and not why.strip():
        raise Refused(_("Say in a sentence what ties you to this application."))
    for review in standing_reviews(application).filter(reviewer=by):
        if review.status == ReviewStatus.ASSIGNED:
            hand_on_review(review, by=by, why=why)
        elif has_conflict:
            hand_on_review(review, by=None, why=why)
    if has_conflict:
        keep_declaration(by, why, subject_id=application.pk)
        declare_conflict(application, person=by, sentence=why.strip(), by=by)
    if application.owner_id == by.pk:
        hand_on_lead(application)
    _look_again(application)
    return application


def _look_again(application: Application) -> None:
    """Whoever is missing now is asked; a decision that was due waits for them."""
    is_short = standing_reviews(application).count() < application.programme.review_count
    if application.status == _S.CONSOLIDATING and is_short:
        change_status(application, _S.IN_REVIEW, by=None)
    if application.status in (_S.IN_REVIEW, _S.APPEALED):
        go_on(application)

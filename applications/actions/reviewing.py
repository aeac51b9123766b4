"""Independent reviews: whom to ask, giving one, and what follows when the last one is in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ABILITIES, Ability
from applications.actions.locking import lock
from applications.models import Application
from applications.permissions import check_give_review, check_staff_judge
from applications.states import ApplicationStatus
from audit.status import change_status
from lib.errors import Refused
from lib.time import now, today
from reviews.actions import assign_review
from reviews.models import Absence, Conflict, Outcome, Review
from reviews.states import ReviewStatus

_REVIEWING_ROLES = [role for role, abilities in ABILITIES.items() if Ability.REVIEW in abilities]
_STANDING = (ReviewStatus.ASSIGNED, ReviewStatus.GIVEN)


def free_reviewers(application: Application) -> QuerySet[User]:
    """Whoever may judge it, is not away and has no part in its reviews; the least busy first."""
    day = today()
    tied = Conflict.objects.about(application).filter(person=OuterRef("pk"))
    away = Absence.objects.filter(reviewer=OuterRef("pk"), first_date__lte=day, last_date__gte=day)
    asked = Review.objects.about(application).filter(reviewer=OuterRef("pk"))
    open_reviews = Count("reviews", filter=Q(reviews__status=ReviewStatus.ASSIGNED))
    return (
        User.objects.filter(role__in=_REVIEWING_ROLES, is_active=True)
        .exclude(pk=application.applicant_id)
        .filter(~Exists(tied), ~Exists(away), ~Exists(asked))
        .annotate(open_reviews=open_reviews)
        .order_by("open_reviews", "id")
    )


def standing_reviews(application: Application) -> QuerySet[Review]:
    """The reviews that count in the present stage: those of the appeal, once there is one."""
    is_appeal = application.status == ApplicationStatus.APPEALED
    return Review.objects.about(application).filter(status__in=_STANDING, is_appeal=is_appeal)


def assign_missing_reviews(application: Application) -> list[Review]:
    """Ask as many of the least busy as are missing; answers the new reviews.

    There may be fewer free reviewers than the programme asks for.
    """
    missing = application.programme.review_count - standing_reviews(application).count()
    chosen = free_reviewers(application)[: max(missing, 0)]
    return [
        assign_review(application, to=person, by=None, version=application.version_count)
        for person in chosen
    ]


@transaction.atomic
def take_review(application: Application, *, by: User) -> Review:
    """A reviewer takes a review that nobody else was there for."""
    lock(application)
    check_staff_judge(application, by)
    reviews = standing_reviews(application)
    if reviews.filter(reviewer=by).exists():
        raise Refused(_("You have a review of this application already."))
    if reviews.count() >= application.programme.review_count:
        raise Refused(_("Everybody who is needed to review this application is found."))
    return assign_review(application, to=by, by=by, version=application.version_count)


@transaction.atomic
def give_review(
    application: Application,
    *,
    by: User,
    recommendation: str,
    comment: str,
    checklist: Mapping[str, Any] | None = None,
    reason: str = "",
    conditions: str = "",
) -> Review:
    """Hand in one's own review. When the last one is in, the decision is due, or a third asked."""
    lock(application)
    check_give_review(application, by)
    if recommendation not in _RECOMMENDATIONS:
        raise Refused(_("Choose what you recommend."))
    if not comment.strip():
        raise Refused(_("Write why: whoever decides reads it."))
    review = standing_reviews(application).get(reviewer=by, status=ReviewStatus.ASSIGNED)
    change_status(
        review,
        ReviewStatus.GIVEN,
        by=by,
        given_at=now(),
        version=application.version_count,
        recommendation=recommendation,
        comment=comment,
        reason=reason,
        conditions=conditions,
        checklist=dict(checklist or {}),
    )
    _go_on(application)
    return review


_RECOMMENDATIONS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.DECLINED)


def _go_on(application: Application) -> None:
    """With all reviews in: the decision is due where most agree, else one more is asked."""
    if application.status != ApplicationStatus.IN_REVIEW:
        return
    reviews = list(standing_reviews(application))
    is_waiting = any(review.status == ReviewStatus.ASSIGNED for review in reviews)
    if is_waiting or len(reviews) < application.programme.review_count:
        return
    for_it = sum(review.recommendation != Outcome.DECLINED for review in reviews)
    if for_it * 2 == len(reviews):
        _ask_one_more(application)
    else:
        change_status(application, ApplicationStatus.CONSOLIDATING, by=None)


def _ask_one_more(application: Application) -> None:
    person = free_reviewers(application).first()
    if person is not None:
        assign_review(
            application, to=person, by=None, is_tie_break=True, version=application.version_count
        )


def reopen_reviews(application: Application) -> None:
    """The applicant changed what was reviewed: those who gave a review look again."""
    for review in standing_reviews(application).filter(status=ReviewStatus.GIVEN):
        change_status(review, ReviewStatus.ASSIGNED, by=None)
    assign_missing_reviews(application)

"""What Carrel notices by itself: missed dates, reviews nobody looks at, reviewers that lack."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import emails
from applications.actions.choosing import (
    ensure_owner,
    free_reviewers,
    go_on,
    may_review,
    tell_too_few,
)
from applications.actions.locking import lock
from applications.actions.timing import calendar_of, recompute_due
from applications.models import Application
from applications.states import ApplicationStatus
from applications.verdicts import are_reviews_in, standing_reviews, wanted_reviews
from lib.time import now
from reviews.actions import hand_on_review, note_once, record_extension
from reviews.models import Conflict, Review
from reviews.states import ReviewStatus

_S = ApplicationStatus
_REVIEWED = (_S.IN_REVIEW, _S.APPEALED)
# A missed date is moved by this part of the time that the programme gives itself.
_PART = 4
_AT_ONCE = 200


def tell_missed_dates() -> int:
    """Give each applicant whose date was missed a reason, a new date and a name: that same day."""
    late = Application.objects.with_staff().filter(due_at__lt=now())
    return sum(_tell_missed(identifier) for identifier in late.values_list("pk", flat=True))


@transaction.atomic
def _tell_missed(identifier: UUID) -> bool:
    """Once for each date; whoever decides meanwhile is faster, and nothing is said."""
    application = lock(Application.objects.get(pk=identifier))
    missed = application.due_at
    if not application.is_with_staff or missed is None or missed >= now():
        return False
    if not note_once(application, "date-missed", missed.date()):
        return False
    days = max(application.programme.review_target_days // _PART, 1)
    until = calendar_of(application.programme).add_working_days(now(), days)
    reason = reason_for_delay(application)
    record_extension(application, until=until, reason=reason, by=None)
    recompute_due(application)
    ensure_owner(application)
    emails.tell_missed_date(application, missed, reason, application.owner)
    return True


def reason_for_delay(application: Application) -> str:
    """What is not done yet, as far as Carrel knows; it names nobody."""
    if application.status == _S.SUBMITTED:
        return _("the check for completeness has taken longer than planned.")
    if application.status == _S.REFUSAL_PROPOSED:
        return _("a second reviewer still has to look at the result of the first check.")
    if application.status == _S.CONSOLIDATING:
        return _("the reviews are in, but the decision is not written yet.")
    given = standing_reviews(application).filter(status=ReviewStatus.GIVEN).count()
    missing = wanted_reviews(application) - given
    sentence = ngettext(
        "%(missing)s of the independent reviews is still missing.",
        "%(missing)s of the independent reviews are still missing.",
        missing,
    )
    return sentence % {"missing": missing}


def offer_untouched_reviews() -> int:
    """Ask somebody else where a review was not even opened in time; answers how many moved."""
    waiting = Review.objects.filter(
        subject_kind=Application._meta.label_lower,
        status=ReviewStatus.ASSIGNED,
        touched_at=None,
        offered_at__lt=now() - dt.timedelta(days=1),
    )
    return sum(_offer_to_another(review) for review in waiting.order_by("id"))


@transaction.atomic
def _offer_to_another(review: Review) -> bool:
    application = lock(Application.objects.get(pk=review.subject_id))
    review.refresh_from_db()
    if not _is_overdue(review, application):
        return False
    other = None if review.is_external else free_reviewers(application).first()
    if other is None:
        tell_too_few(application, 1)
        return False
    hand_on_review(review, by=None)
    emails.tell_review_moved(application, review)
    go_on(application)
    return True


def _is_overdue(review: Review, application: Application) -> bool:
    is_waiting = review.status == ReviewStatus.ASSIGNED and review.touched_at is None
    if not is_waiting or application.status not in _REVIEWED or review.offered_at is None:
        return False
    days = application.programme.untouched_review_days
    limit = calendar_of(application.programme).add_working_days(review.offered_at, days)
    return limit < now()


def find_missing_people() -> int:
    """Ask whoever is free by now for what lacks; answers how many applications were looked at."""
    lacking = list(_lacking().values_list("pk", flat=True)[:_AT_ONCE])
    for identifier in lacking:
        _find_people(identifier)
    return len(lacking)


def _lacking() -> QuerySet[Application]:
    """Nobody who may leads it, too few are asked, or somebody who was asked has left or is tied."""
    under_way = Review.objects.filter(subject_id=OuterRef("pk"), status=ReviewStatus.ASSIGNED)
    tied = Conflict.objects.filter(subject_id=OuterRef("pk"))
    ties_of_reviewer = Conflict.objects.filter(
        subject_id=OuterRef("subject_id"), person=OuterRef("reviewer")
    )
    gone = under_way.filter(Q(reviewer__is_active=False) | Exists(ties_of_reviewer))
    lacks_owner = (
        Q(owner=None) | Q(owner__is_active=False) | Exists(tied.filter(person=OuterRef("owner")))
    )
    lacks_reviews = Q(status__in=_REVIEWED) & (
        Q(under_way_count__lt=F("programme__review_count") - F("given_count"))
        | Q(under_way_count=0, status=_S.IN_REVIEW)
        | Exists(gone)
    )
    return (
        Application.objects.with_staff()
        .annotate(is_on_appeal=Case(When(status=_S.APPEALED, then=True), default=False))
        .annotate(
            under_way_count=_count(ReviewStatus.ASSIGNED), given_count=_count(ReviewStatus.GIVEN)
        )
        .filter(lacks_owner | lacks_reviews)
        .order_by("due_at", "id")
    )


def _count(status: ReviewStatus) -> Coalesce:
    """The reviews in this status, of the present stage of the application."""
    rows = Review.objects.filter(
        subject_id=OuterRef("pk"), status=status, is_appeal=OuterRef("is_on_appeal")
    )
    counted = rows.order_by().values("subject_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


@transaction.atomic
def _find_people(identifier: UUID) -> None:
    application = lock(Application.objects.get(pk=identifier))
    if not application.is_with_staff:
        return
    ensure_owner(application)
    for review in standing_reviews(application).filter(status=ReviewStatus.ASSIGNED):
        if not may_review(application, review):
            hand_on_review(review, by=None)
    # Fewer reviews may be asked for by now, so what is in review may have become complete.
    if application.status == _S.IN_REVIEW or _is_appeal_short(application):
        go_on(application)


def _is_appeal_short(application: Application) -> bool:
    return application.status == _S.APPEALED and not are_reviews_in(application)

"""What the reviews of an application say together: which count, who may read them, who prevails."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.models import Application
from applications.permissions import can_judge
from applications.states import ApplicationStatus
from lib.errors import Refused
from reviews.models import Outcome, Review
from reviews.reasons import with_reason_texts
from reviews.states import ReviewStatus

STANDING = (ReviewStatus.ASSIGNED, ReviewStatus.GIVEN)
_S = ApplicationStatus


def standing_reviews(application: Application) -> QuerySet[Review]:
    """The reviews that count in the present stage: those of the appeal, once there is one."""
    is_appeal = application.status == _S.APPEALED
    return Review.objects.about(application).filter(status__in=STANDING, is_appeal=is_appeal)


def readable_reviews(application: Application, by: User) -> QuerySet[Review]:
    """One's own, and those of the others once all of the same stage are in.

    Whoever was asked from outside reads only their own, and so does whoever may not judge.
    """
    stands = Review.objects.about(application).filter(status__in=STANDING).order_by("id")
    readable = stands.filter(reviewer=by)
    if by.has_ability(Ability.REVIEW) and can_judge(application, by):
        for is_appeal in (False, True):
            if _is_open_to_read(application, is_appeal=is_appeal):
                readable |= stands.filter(status=ReviewStatus.GIVEN, is_appeal=is_appeal)
    return with_reason_texts(readable.select_related("reviewer"), application.programme)


def _is_open_to_read(application: Application, *, is_appeal: bool) -> bool:
    """The stage under way, once its reviews are in and agree; any other stage is over."""
    is_under_way = application.is_open and is_appeal is (application.status == _S.APPEALED)
    return not is_under_way or are_reviews_in(application)


def wanted_reviews(application: Application) -> int:
    """How many reviews the present stage needs: one more where they are evenly split.

    A programme that asks for more reviews from now on leaves alone what waits for its decision.
    """
    given = _given(application)
    count = standing_reviews(application).count()
    if application.status != _S.CONSOLIDATING:
        count = max(application.programme.review_count, count)
    is_split = len(given) == count and is_even(given)
    return count + 1 if is_split else count


def are_reviews_in(application: Application) -> bool:
    """Whether all are given and most of them agree."""
    return len(_given(application)) == wanted_reviews(application)


def _given(application: Application) -> list[Review]:
    return list(standing_reviews(application).filter(status=ReviewStatus.GIVEN))


def is_even(reviews: list[Review]) -> bool:
    """Whether as many speak for it as against it."""
    return bool(reviews) and 2 * sum(review.is_for for review in reviews) == len(reviews)


def check_follows_majority(application: Application, outcome: Outcome) -> None:
    """The decision is what most of the reviews recommend; with conditions or without is open."""
    reviews = _given(application)
    for_it = sum(review.is_for for review in reviews)
    if not are_reviews_in(application):
        raise Refused(_("Not all reviews are in yet, so nothing can be decided."))
    if (outcome != Outcome.DECLINED) is not (2 * for_it > len(reviews)):
        numbers = {"for": for_it, "against": len(reviews) - for_it}
        raise Refused(
            _(
                "The decision follows the reviews: %(for)s recommend to approve and %(against)s "
                "to decline. Ask the applicant for changes if the reviews should look again."
            )
            % numbers
        )

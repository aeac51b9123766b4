"""The statuses of a Review and of an Appeal, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audit.status import Move, MoveTable, by_carrel_itself
from reviews import permissions


class ReviewStatus(TextChoices):
    """A review that was handed on is history; its reviewer sees nothing of the file by it."""

    ASSIGNED = "ASSIGNED", _("Under way")
    GIVEN = "GIVEN", _("Given")
    HANDED_ON = "HANDED_ON", _("Handed on")


class AppealStatus(TextChoices):
    """How an appeal stands."""

    OPEN = "OPEN", _("Under way")
    UPHELD = "UPHELD", _("The refusal stands")
    OVERTURNED = "OVERTURNED", _("The refusal was overturned")
    DROPPED = "DROPPED", _("Dropped by the applicant")


_R = ReviewStatus

REVIEW_MOVES: MoveTable = {
    (_R.ASSIGNED, _R.GIVEN): Move("review.given", permissions.check_own_review),
    # The applicant changed what was reviewed, so that it has to be looked at again.
    (_R.GIVEN, _R.ASSIGNED): Move("review.reopened", by_carrel_itself),
    (_R.ASSIGNED, _R.HANDED_ON): Move("review.handed_on", permissions.check_hand_on),
    (_R.GIVEN, _R.HANDED_ON): Move("review.set_aside", permissions.check_run_reviews),
}

_A = AppealStatus

APPEAL_MOVES: MoveTable = {
    (_A.OPEN, _A.UPHELD): Move("appeal.upheld", permissions.check_review),
    (_A.OPEN, _A.OVERTURNED): Move("appeal.overturned", permissions.check_review),
    (_A.OPEN, _A.DROPPED): Move("appeal.dropped", permissions.check_own_appeal),
}

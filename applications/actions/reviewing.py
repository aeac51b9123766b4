"""One's own review: written in drafts, given once, and opened again when the answers change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications import emails
from applications.actions.choosing import go_on
from applications.actions.locking import check_version, lock
from applications.models import Application
from applications.permissions import check_give_review
from applications.verdicts import standing_reviews
from audit.status import change_status
from lib.errors import Refused
from lib.time import now
from programmes.models import ReasonOutcome
from reviews.actions import hand_on_review, reopen_review
from reviews.models import Outcome, Review
from reviews.reasons import check_reason
from reviews.states import ReviewStatus

RECOMMENDATIONS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.DECLINED)
CHECKS = {
    "MET": gettext_lazy("Met"),
    "NOT_MET": gettext_lazy("Not met"),
    "UNSURE": gettext_lazy("Unsure"),
}
_LONGEST_REMARK = 1_000
_LONGEST_TEXT = 10_000


@transaction.atomic
def save_review(
    application: Application,
    *,
    by: User,
    recommendation: str = "",
    comment: str = "",
    checklist: Mapping[str, Any] | None = None,
    reason: str = "",
    conditions: str = "",
) -> Review:
    """Keep a review that is not given yet; anything may be missing from it."""
    lock(application)
    check_give_review(application, by)
    review = _own_review(application, by)
    said = {
        "recommendation": recommendation if recommendation in RECOMMENDATIONS else "",
        "comment": comment[:_LONGEST_TEXT],
        "conditions": conditions[:_LONGEST_TEXT],
        "reason": reason[:40],
        "checklist": _known_checks(application, checklist or {}),
    }
    for name, value in said.items():
        setattr(review, name, value)
    review.touched_at = now()
    review.save(update_fields=[*said, "touched_at"])
    return review


@transaction.atomic
def give_review(
    application: Application,
    *,
    by: User,
    recommendation: str,
    comment: str,
    checklist: Mapping[str, Any],
    reason: str = "",
    conditions: str = "",
    version: int | None = None,
) -> Review:
    """Hand in one's own review. When the last one is in, the decision is due, or a third asked.

    Refuses what is incomplete: a criterion without an answer, no words, conditions that are not
    named, a recommendation to decline without a reason of the programme's.
    """
    lock(application)
    check_give_review(application, by)
    check_version(application, version)
    review = _own_review(application, by)
    moment = now()
    change_status(
        review,
        ReviewStatus.GIVEN,
        by=by,
        given_at=moment,
        touched_at=review.touched_at or moment,
        version=application.version_count,
        recommendation=_checked_recommendation(application, recommendation, reason, conditions),
        comment=_checked_comment(comment),
        reason=reason if recommendation == Outcome.DECLINED else "",
        conditions=conditions if recommendation == Outcome.APPROVED_WITH_CONDITIONS else "",
        checklist=_checked_list(application, checklist),
    )
    go_on(application)
    return review


def _own_review(application: Application, by: User) -> Review:
    return standing_reviews(application).get(reviewer=by, status=ReviewStatus.ASSIGNED)


def _checked_recommendation(
    application: Application, recommendation: str, reason: str, conditions: str
) -> Outcome:
    if recommendation not in RECOMMENDATIONS:
        raise Refused(_("Choose what you recommend."))
    if recommendation == Outcome.DECLINED:
        check_reason(application.programme, reason, ReasonOutcome.DECLINED)
    if recommendation == Outcome.APPROVED_WITH_CONDITIONS and not conditions.strip():
        raise Refused(_("Name the conditions under which you would approve."))
    return Outcome(recommendation)


def _checked_comment(comment: str) -> str:
    if not comment.strip():
        raise Refused(_("Write why: whoever decides reads it."))
    if len(comment) > _LONGEST_TEXT:
        raise Refused(_("Write at most %(count)s letters.") % {"count": _LONGEST_TEXT})
    return comment


def _checked_list(application: Application, checklist: Mapping[str, Any]) -> dict[str, Any]:
    """Every criterion of the programme is answered."""
    known = _known_checks(application, checklist)
    missing = [
        criterion.text("title")
        for criterion in application.programme.criteria.all()
        if known.get(criterion.code, {}).get("verdict") not in CHECKS
    ]
    if missing:
        sentence = _("Say for each criterion whether it is met. Missing: %(missing)s.")
        raise Refused(sentence % {"missing": ", ".join(missing)})
    return known


def _known_checks(application: Application, checklist: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the criteria of the programme; anything else is left out."""
    codes = application.programme.criteria.values_list("code", flat=True)
    return {
        code: {
            "verdict": str(checklist[code].get("verdict", "")),
            "remark": str(checklist[code].get("remark", ""))[:_LONGEST_REMARK],
        }
        for code in codes
        if isinstance(checklist.get(code), Mapping)
    }


def reopen_reviews(application: Application) -> None:
    """The applicant changed what was reviewed: those who gave a review look again."""
    for review in standing_reviews(application).filter(status=ReviewStatus.GIVEN):
        reopen_review(review)
        emails.ask_for_review(application, review)
    go_on(application)


def end_reviews(application: Application) -> None:
    """The application is closed without them: nobody is busy with it any more."""
    under_way = Review.objects.about(application).filter(status=ReviewStatus.ASSIGNED)
    for review in under_way:
        hand_on_review(review, by=None)

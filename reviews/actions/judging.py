"""Asking for a review, handing it on, opening it again; writing a decision down."""

from typing import Any

from django.db import models

from accounts.models import User
from audit.log import record
from audit.status import change_status
from lib.time import now
from reviews.models import Decision, Outcome, Review
from reviews.states import ReviewStatus

# What a reviewer says; kept when the review is opened again.
_SAID = ("version", "recommendation", "reason", "comment", "conditions", "checklist")


def record_decision(
    subject: models.Model,
    *,
    outcome: Outcome,
    by: User,
    reason: str = "",
    comment: str = "",
    **more: Any,
) -> Decision:
    """Write down what a person of staff decided; called in the transaction of the decision.

    `more` names other columns: version, conditions, scope, is_proposal.
    """
    decision = Decision(outcome=outcome, reason=reason, comment=comment, decided_by=by, **more)
    decision.name_subject(subject)
    decision.save()
    return decision


def assign_review(subject: models.Model, *, to: User, by: User | None, **kind: Any) -> Review:
    """Ask a person for their own review; `kind` may say is_external, is_tie_break, is_appeal."""
    review = Review(reviewer=to, offered_at=now(), **kind)
    review.name_subject(subject)
    review.save()
    record(
        "review.assigned",
        by=by,
        subject=review,
        details={"reviewer": str(to.pk), "of": str(subject.pk)},
    )
    return review


def hand_on_review(review: Review, *, by: User | None, why: str = "") -> Review:
    """End a review without its result; somebody else is asked by whoever calls this."""
    return change_status(review, ReviewStatus.HANDED_ON, by=by, text=why)


def reopen_review(review: Review) -> Review:
    """What was reviewed has changed: the reviewer looks again and finds their words as they were.

    What they gave about the version before stays on record beside what they give next.
    """
    said = {name: getattr(review, name) for name in _SAID}
    said["given_at"] = review.given_at.isoformat() if review.given_at else ""
    return change_status(
        review,
        ReviewStatus.ASSIGNED,
        by=None,
        earlier=[*review.earlier, said],
        given_at=None,
        touched_at=None,
        offered_at=now(),
    )

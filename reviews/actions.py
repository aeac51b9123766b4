"""Everything that writes evidence and decisions, whatever they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from accounts.models import User
from audit.log import record
from lib.time import now
from reviews.models import Colour, Decision, Evidence, Outcome, Pause, Review


@dataclass(frozen=True)
class EvidenceItem:
    """One checked fact before it is written down."""

    criterion_code: str
    colour: Colour
    sentence: str
    source: str
    value: str = ""


@transaction.atomic
def record_evidence(
    subject: models.Model, *, version: int, items: Sequence[EvidenceItem]
) -> list[Evidence]:
    """Keep what was gathered about one version; gathering it again replaces it."""
    Evidence.objects.about(subject).filter(version=version).delete()
    return [_record_item(subject, version, item) for item in items]


def _record_item(subject: models.Model, version: int, item: EvidenceItem) -> Evidence:
    evidence = Evidence(
        version=version,
        criterion_code=item.criterion_code,
        colour=item.colour,
        sentence=item.sentence[:500],
        source=item.source[:120],
        value=item.value[:250],
    )
    evidence.name_subject(subject)
    evidence.save()
    return evidence


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


def open_pause(subject: models.Model) -> None:
    """The clock stands from now on, while the applicant answers."""
    pause = Pause(started_at=now())
    pause.name_subject(subject)
    pause.save()


def close_pause(subject: models.Model) -> None:
    """The clock goes on."""
    Pause.objects.about(subject).filter(ended_at__isnull=True).update(ended_at=now())

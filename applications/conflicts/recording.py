"""Writing conflicts down, so that every list and page leaves the file out."""

import uuid
from collections.abc import Collection, Sequence

from django.db import transaction

from applications.conflicts.finding import Tie, find_ties
from applications.models import Application
from audit.log import record
from reviews.models import Conflict, ConflictKind


@transaction.atomic
def note_conflicts(
    applications: Sequence[Application], *, people: Collection[uuid.UUID] | None = None
) -> list[Conflict]:
    """Write down what ties these people, or all reviewers, to the applications; answers the new.

    Nothing is ever taken away here: a tie that somebody hides afterwards still counts.
    """
    ties = find_ties(applications, people=people)
    for tie in ties:
        _declare_anew(tie)
    rows = [_row(tie) for tie in ties]
    Conflict.objects.bulk_create(rows, ignore_conflicts=True)
    # Of two that write at once, the one whose row was there already records nothing.
    written = Conflict.objects.filter(pk__in=[row.pk for row in rows])
    for row in written:
        details = {"person": str(row.person_id), "kind": row.kind, "of": str(row.subject_id)}
        record("conflict.found", by=None, subject=row, details=details)
    return list(written)


def _declare_anew(tie: Tie) -> None:
    """What was taken back once and is declared again stands again."""
    if tie.kind == ConflictKind.DECLARED:
        known = Conflict.objects.filter(
            person_id=tie.person_id, subject_id=tie.application_id, kind=tie.kind
        )
        known.update(lifted_at=None, lifted_by=None, lift_reason="", sentence=tie.sentence[:300])


def _row(tie: Tie) -> Conflict:
    return Conflict(
        subject_kind=Application._meta.label_lower,
        subject_id=tie.application_id,
        person_id=tie.person_id,
        kind=tie.kind,
        sentence=tie.sentence[:300],
    )

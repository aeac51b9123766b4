"""Writing evidence down, whatever it is about."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import models, transaction

from reviews.models import Asserter, Colour, Evidence


@dataclass(frozen=True)
class EvidenceItem:
    """One checked fact before it is written down; the fields are those of the row."""

    criterion_code: str
    colour: Colour
    sentence: str
    source: str
    value: str = ""
    kind: str = ""
    question_key: str = ""
    part_id: uuid.UUID | None = None
    asserted_by: Asserter | str = ""
    asserted_at: dt.datetime | None = None
    expires_at: dt.datetime | None = None


@transaction.atomic
def record_evidence(
    subject: models.Model,
    *,
    version: int,
    items: Sequence[EvidenceItem],
    kinds: Collection[str] | None = None,
) -> list[Evidence]:
    """Keep what was gathered about one version; gathering it again replaces it.

    Where `kinds` are named, only those were gathered again, and the rest stands.
    """
    before = Evidence.objects.about(subject).filter(version=version)
    if kinds is not None:
        before = before.filter(kind__in=kinds)
    before.delete()
    return Evidence.objects.bulk_create([_row(subject, version, item) for item in items])


def _row(subject: models.Model, version: int, item: EvidenceItem) -> Evidence:
    evidence = Evidence(
        version=version,
        criterion_code=item.criterion_code,
        colour=item.colour,
        sentence=item.sentence[:500],
        source=item.source[:120],
        value=item.value[:250],
        kind=item.kind,
        question_key=item.question_key,
        part_id=item.part_id,
        asserted_by=item.asserted_by,
        asserted_at=item.asserted_at,
        expires_at=item.expires_at,
    )
    evidence.name_subject(subject)
    return evidence

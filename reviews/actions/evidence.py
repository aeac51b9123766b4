"""Writing evidence down, whatever it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from reviews.models import Colour, Evidence


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

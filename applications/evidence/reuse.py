"""Taking over what was found before and still holds, with the day on which it was found.

A fact is taken over when it comes out the same again: kind, value, colour and sentence. So a
policy that changed meanwhile, or a new job, is never hidden behind an older row.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from applications.evidence.lifetimes import LIFETIMES
from applications.evidence.orcid import ORCID_KINDS
from applications.models import Application
from reviews.actions import EvidenceItem
from reviews.models import Evidence

_REUSED = LIFETIMES.keys() - ORCID_KINDS
_Key = tuple[str, str, str, str, str]
_FIELDS = ("kind", "criterion_code", "value", "colour", "sentence")


def with_earlier_dates(
    application: Application, items: Sequence[EvidenceItem], *, moment: dt.datetime
) -> list[EvidenceItem]:
    """The same items; those that an unexpired row already said carry its dates."""
    known = _still_valid(application, moment)
    return [_with_dates(item, known.get(_key(item))) for item in items]


def _still_valid(application: Application, moment: dt.datetime) -> dict[_Key, Evidence]:
    """What earlier versions and other applications of the same person show, the oldest first."""
    own = Application.objects.filter(applicant=application.applicant, submitted_at__isnull=False)
    ids: list[uuid.UUID] = list(own.values_list("pk", flat=True))
    rows = Evidence.objects.filter(
        subject_id__in=ids, kind__in=_REUSED, part_id=None, expires_at__gt=moment
    )
    return {_key(row): row for row in rows.order_by("-asserted_at", "-id")}


def _key(fact: Evidence | EvidenceItem) -> _Key:
    kind, code, value, colour, sentence = (str(getattr(fact, name)) for name in _FIELDS)
    return kind, code, value[:250], colour, sentence[:500]


def _with_dates(item: EvidenceItem, row: Evidence | None) -> EvidenceItem:
    if row is None:
        return item
    return replace(item, asserted_at=row.asserted_at, expires_at=row.expires_at)

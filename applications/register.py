"""The public register of approved uses: what anybody may read of who was let in, and for what.

An entry shows the answers that the form marks as public, what was approved and until when. Nothing
else of an application is read here. What was redacted on request is neither shown nor searched.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.redactions import Redaction, RegisterPart
from applications.reading import RegisterEntry, register_entry
from applications.states import ApplicationStatus
from lib.time import now
from organizations.models import Organization
from programmes.scope import Line

PAGE_SIZE = 25
_SEARCHED = {
    RegisterPart.TITLE: "answers__project_title__icontains",
    RegisterPart.SUMMARY: "answers__public_summary__icontains",
    RegisterPart.INSTITUTION: "institution__name__icontains",
}


@dataclass(frozen=True)
class PublicEntry:
    """One approved use, as everybody reads it."""

    id: uuid.UUID
    programme: str
    entry: RegisterEntry
    scope: list[Line]
    first_day: dt.date
    last_day: dt.date
    state: str
    is_open: bool
    version_count: int
    redacted: frozenset[str]

    @property
    def is_redacted(self) -> bool:
        return bool(self.redacted)


def approved_uses(search: str = "") -> QuerySet[Application]:
    """What stands in the register, the newest first; only of programmes that are public."""
    uses = Application.objects.filter(
        status=ApplicationStatus.APPROVED, programme__is_public=True
    ).select_related("programme", "institution", "organization", "form")
    words = search.replace("\x00", "").split()
    for word in words:
        uses = uses.filter(_says(word))
    return uses.order_by("-organization_id")


def _says(word: str) -> Q:
    found = Q()
    for part, lookup in _SEARCHED.items():
        granted = Redaction.objects.filter(
            application=OuterRef("pk"), is_granted=True, parts__contains=[part]
        )
        found |= Q(**{lookup: word}) & ~Q(Exists(granted))
    return found


def page_of(search: str, before: uuid.UUID | None) -> tuple[list[PublicEntry], uuid.UUID | None]:
    """Entries older than `before`, and the key of the next page where there is one."""
    uses = approved_uses(search)
    if before is not None:
        uses = uses.filter(organization_id__lt=before)
    rows = list(uses.prefetch_related("redactions")[: PAGE_SIZE + 1])
    shown = [read_entry(row) for row in rows[:PAGE_SIZE]]
    return shown, (shown[-1].id if len(rows) > PAGE_SIZE else None)


def read_entry(application: Application) -> PublicEntry:
    """The entry of an application that was let in."""
    # That an approved application has a lab, the database holds.
    lab = cast("Organization", application.organization)
    redacted = frozenset(
        part for each in application.redactions.all() if each.is_granted for part in each.parts
    )
    is_open = lab.has_access
    return PublicEntry(
        id=lab.pk,
        programme=application.programme.name,
        entry=_without(redacted, register_entry(application)),
        scope=lab.approved_lines,
        first_day=lab.first_day,
        last_day=lab.last_day,
        state=_state(is_open=is_open, has_begun=lab.starts_at <= now()),
        is_open=is_open,
        version_count=application.version_count,
        redacted=redacted,
    )


def _state(*, is_open: bool, has_begun: bool) -> str:
    if not is_open:
        return _("Access has ended")
    return _("Access is open") if has_begun else _("Access has not begun yet")


def _without(redacted: frozenset[str], entry: RegisterEntry) -> RegisterEntry:
    """The entry with a sentence in place of each part that was taken out."""
    gone = _("Redacted on request")
    if RegisterPart.TITLE in redacted:
        entry = replace(entry, title=gone)
    if RegisterPart.SUMMARY in redacted:
        entry = replace(entry, summary=gone)
    if RegisterPart.INSTITUTION in redacted:
        entry = replace(entry, institution=gone)
    return replace(entry, lines=[]) if RegisterPart.LINES in redacted else entry


def as_json(entry: PublicEntry) -> dict[str, Any]:
    """The same for machines."""
    return {
        "id": str(entry.id),
        "programme": entry.programme,
        "title": entry.entry.title,
        "institution": entry.entry.institution,
        "summary": entry.entry.summary,
        "answers": [{"label": line.label, "text": line.text} for line in entry.entry.lines],
        "scope": [{"label": str(line.term), "text": str(line.value)} for line in entry.scope],
        "first_day": entry.first_day.isoformat(),
        "last_day": entry.last_day.isoformat(),
        "is_open": entry.is_open,
        "state": entry.state,
        "version_count": entry.version_count,
        "redacted": sorted(entry.redacted),
    }

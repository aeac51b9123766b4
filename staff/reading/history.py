"""What the log knows about a file."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from audit.models import Entry, EntryText

_EVENTS = {
    "application.started": gettext_lazy("Draft started"),
    "application.taken_up_again": gettext_lazy("Begun from an earlier application"),
    "application.submitted": gettext_lazy("Submitted"),
    "application.resubmitted": gettext_lazy("Submitted again"),
    "application.screened": gettext_lazy("Screening passed"),
    "application.refusal_proposed": gettext_lazy("Refusal proposed"),
    "application.refusal_objected": gettext_lazy("Objection to the refusal"),
    "application.reviews_given": gettext_lazy("All reviews are in"),
    "application.review_reopened": gettext_lazy("Reviews opened again"),
    "application.appealed": gettext_lazy("Appeal"),
    "application.appeal_upheld": gettext_lazy("Appeal: the refusal stands"),
    "application.appeal_overturned": gettext_lazy("Appeal: the refusal is overturned"),
    "application.expired": gettext_lazy("Closed without an answer"),
    "application.withdrawn": gettext_lazy("Withdrawn"),
    "application.changes_requested": gettext_lazy("Changes requested"),
    "application.approved": gettext_lazy("Approved"),
    "application.declined": gettext_lazy("Declined"),
    "application.institution_chosen": gettext_lazy("Registry entry chosen"),
    "application.viewed": gettext_lazy("File opened"),
    "application.document_taken": gettext_lazy("Document taken"),
    "attachment.added": gettext_lazy("File attached"),
    "attachment.removed": gettext_lazy("Attached file removed"),
    "attachment.opened": gettext_lazy("Attached file opened"),
    "attachment.scanned": gettext_lazy("Attached file scanned"),
}


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    moment: Any
    title: str
    actor: str
    text: str


def history(application: Application) -> list[Happening]:
    """What the log knows about the application, the newest first.

    However often one person opened the file on one day, that is one line.
    """
    entries = Entry.objects.filter(
        subject_kind=application._meta.label_lower, subject_id=str(application.pk)
    ).order_by("-id")
    lines: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        lines.setdefault(_line_of(entry), []).append(entry)
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    texts = EntryText.objects.in_bulk([entry.id for entry in entries])
    return [
        Happening(
            moment=latest.at,
            title=_title(latest, 1 + len(others)),
            actor=str(people.get(latest.actor_id) or _("Carrel")),
            text=texts[latest.id].text if latest.id in texts else "",
        )
        for latest, *others in lines.values()
    ]


def _line_of(entry: Entry) -> tuple[Any, ...]:
    """What the entries of one line have in common."""
    if entry.event == "application.viewed":
        return entry.event, entry.actor_id, entry.at.date()
    return (entry.id,)


def _title(entry: Entry, count: int) -> str:
    title = str(_EVENTS.get(entry.event, entry.event))
    if count == 1:
        return title
    return _("%(title)s, %(count)s times") % {"title": title, "count": count}

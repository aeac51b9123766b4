"""What the review pages show beside the application itself: evidence, its summary, history."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.evidence import OTHER_CHECKS
from applications.models import Application
from audit.models import Entry, EntryText
from reviews.models import Colour, Evidence

_EVENTS = {
    "application.started": gettext_lazy("Draft started"),
    "application.submitted": gettext_lazy("Submitted"),
    "application.resubmitted": gettext_lazy("Submitted again"),
    "application.withdrawn": gettext_lazy("Withdrawn"),
    "application.changes_requested": gettext_lazy("Changes requested"),
    "application.approved": gettext_lazy("Approved"),
    "application.declined": gettext_lazy("Declined"),
    "application.institution_chosen": gettext_lazy("Registry entry chosen"),
    "application.viewed": gettext_lazy("File opened"),
}


@dataclass(frozen=True)
class Finding:
    """The evidence about one criterion."""

    title: str
    rows: list[Evidence]

    @property
    def worst(self) -> Colour:
        order = [Colour.GREEN, Colour.YELLOW, Colour.RED]
        return max((Colour(row.colour) for row in self.rows), key=order.index)


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    moment: Any
    title: str
    actor: str
    text: str


def findings(application: Application) -> list[Finding]:
    """Evidence about the latest version, the programme's criteria first."""
    rows = Evidence.objects.about(application).filter(version=application.version_count)
    by_code: dict[str, list[Evidence]] = {}
    for row in rows:
        by_code.setdefault(row.criterion_code, []).append(row)
    titles = {each.code: each.text("title") for each in application.programme.criteria.all()}
    titles |= {code: str(title) for code, title in OTHER_CHECKS.items()}
    return [Finding(title, by_code[code]) for code, title in titles.items() if code in by_code]


def colour_counts(applications: Iterable[Application]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """For each application, how many facts speak in which colour about its latest version."""
    versions = {each.pk: each.version_count for each in applications}
    rows = Evidence.objects.filter(subject_id__in=versions).values_list(
        "subject_id", "version", "colour"
    )
    counts = Counter(
        (subject, colour) for subject, version, colour in rows if versions[subject] == version
    )
    return {
        subject: [
            {"colour": colour.value, "label": colour.label, "count": counts[subject, colour.value]}
            for colour in Colour
            if counts[subject, colour.value]
        ]
        for subject in versions
    }


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

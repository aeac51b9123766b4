"""What happened to an application, the newest first, from the log and the clock's own rows."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.emails.posting import day_of
from applications.models import Application
from audit.models import Entry, EntryText
from reviews.models import Extension

# What an applicant is told of each event; what is not here stays with the staff.
_TITLES: dict[str, str | Promise] = {
    "application.started": gettext_lazy("You began the application"),
    "application.taken_up_again": gettext_lazy("It took over what an earlier application had said"),
    "application.submitted": gettext_lazy("You submitted it"),
    "application.screened": gettext_lazy("It was found complete and went to the reviewers"),
    # That somebody had proposed to refuse it was never said, so its end reads the same.
    "application.refusal_objected": gettext_lazy("It was found complete and went to the reviewers"),
    "application.reviews_given": gettext_lazy("All reviews are in"),
    "application.review_reopened": gettext_lazy("It went back to the reviewers"),
    "application.changes_requested": gettext_lazy("We asked you for something"),
    "application.resubmitted": gettext_lazy("You answered and submitted it again"),
    "application.approved": gettext_lazy("It was approved"),
    "application.declined": gettext_lazy("It was not approved"),
    "application.appealed": gettext_lazy("You appealed against the decision"),
    "application.appeal_upheld": gettext_lazy("Other reviewers looked again: the refusal stands"),
    "application.appeal_overturned": gettext_lazy("Your appeal was right: it was approved"),
    "application.withdrawn": gettext_lazy("You withdrew it"),
    "application.expired": gettext_lazy("It was closed, because no answer came"),
}
# Whose words belong into the story; those of a decision stand with the decision.
_WITH_WORDS = {"application.changes_requested", "application.appealed"}


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    moment: dt.datetime
    title: str
    text: str = ""


def events_of(application: Application) -> list[Event]:
    """The whole story, the newest on top."""
    told = [*_from_log(application), *_new_dates(application)]
    return sorted(told, key=lambda event: event.moment, reverse=True)


def _from_log(application: Application) -> list[Event]:
    entries = Entry.objects.filter(
        subject_kind=application._meta.label_lower,
        subject_id=str(application.pk),
        event__in=_TITLES,
    ).order_by("id")
    rows = list(entries)
    texts = _words(rows)
    return [Event(row.at, _title(row), texts.get(row.pk, "")) for row in rows]


def _title(row: Entry) -> str:
    title = str(_TITLES[row.event])
    version = row.details.get("version")
    if version is None:
        return title
    return _("%(title)s (version %(version)s)") % {"title": title, "version": version}


def _words(rows: list[Entry]) -> dict[int, str]:
    spoken = [row.pk for row in rows if row.event in _WITH_WORDS]
    if not spoken:
        return {}
    return dict(EntryText.objects.filter(entry_id__in=spoken).values_list("entry_id", "text"))


def _new_dates(application: Application) -> list[Event]:
    """Each new date with its reason; one that nobody of staff gave is for a date we missed."""
    return [
        Event(row.created_at, _new_date(row), row.reason)
        for row in Extension.objects.about(application)
    ]


def _new_date(row: Extension) -> str:
    until = {"day": day_of(row.until)}
    if row.given_by_id is None:
        return _("We missed the date we had promised; the new one is %(day)s") % until
    return _("We need more time: the new date is %(day)s") % until

"""The other applications for the same project, as one person may read them.

An applicant reads where the others stand by the public name, and nothing else of them. Staff read
of the others what they may judge; of the rest they learn only that it is there.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.diffing import Piece, words_diff
from applications.models import Application, ApplicationVersion, LinkedApplication, form_of
from applications.permissions import can_judge
from applications.questions import Kind, Question
from applications.reading import read_answer
from applications.states import ApplicationStatus

# The sections about the project, which is the same for all; the rest each answers for itself.
_SHARED_SECTIONS = ("project", "public")
# Promises and files are each applicant's own.
_OWN_KINDS = (Kind.YES_NO, Kind.FILE)
# Where the public name speaks to the applicant in person.
_FOR_OTHERS = {
    ApplicationStatus.CHANGES_REQUESTED: _("Being changed by the applicant"),
    ApplicationStatus.APPEALED: _("With other reviewers, after an appeal"),
    ApplicationStatus.WITHDRAWN: _("Withdrawn"),
}


@dataclass(frozen=True)
class Difference:
    """One shared answer in which two linked applications differ."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class LinkedFile:
    """Another application that the reader may judge, with what differs in it from this one."""

    application: Application
    differences: list[Difference]


@dataclass(frozen=True)
class Linked:
    """What staff see; `hidden_count` are drafts and those that are closed to the reader."""

    files: list[LinkedFile]
    hidden_count: int


@dataclass(frozen=True)
class Neighbour:
    """What an applicant sees of another application for the same project."""

    person: str
    institution: str
    state: str
    colour: str


def shared_questions(application: Application) -> list[Question]:
    """The questions that are about the project."""
    sections = form_of(application).sections
    return [
        question
        for section in sections
        if section.key in _SHARED_SECTIONS
        for question in section.questions
        if question.kind.has_field and question.kind not in _OWN_KINDS
    ]


def group_of(application: Application) -> list[Application]:
    """The others for the same project, the oldest first."""
    mine = LinkedApplication.objects.filter(application=application).values("group")
    others = Application.objects.filter(linked__group__in=mine).exclude(pk=application.pk)
    return list(others.select_related("applicant", "institution", "organization").order_by("id"))


def neighbours_of(application: Application) -> list[Neighbour]:
    """Where the others stand, for the applicant of this one."""
    return [
        Neighbour(
            person=other.applicant.name,
            institution=str(other.institution or other.answers.get("institution_name") or ""),
            state=str(_FOR_OTHERS.get(ApplicationStatus(other.status), other.public_status)),
            # Yellow asks the reader for something, and here it is not the reader who is asked.
            colour="blue" if other.status_colour == "yellow" else other.status_colour,
        )
        for other in group_of(application)
    ]


def linked_of(application: Application, viewer: User) -> Linked | None:
    """The linked applications for a reviewer of this one; nothing where there are none."""
    others = group_of(application)
    if not others:
        return None
    files = [
        LinkedFile(other, _differences(application.latest_version, other.latest_version))
        for other in others
        if can_judge(other, viewer)
    ]
    return Linked(files, len(others) - len(files))


def _differences(here: ApplicationVersion, there: ApplicationVersion) -> list[Difference]:
    found = []
    for question in shared_questions(here.application):
        texts = [read_answer(question, each.answers.get(question.key)) for each in (here, there)]
        if texts[0] != texts[1]:
            found.append(Difference(str(question.label), words_diff(*texts)))
    return found

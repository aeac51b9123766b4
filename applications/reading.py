"""Reading what was submitted: answers as sentences, and what changed between two versions."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from applications.models import Application, ApplicationVersion
from applications.questions import SECTIONS, Answers, Kind, Question, Section
from applications.questions.kinds import YES_OR_NO
from institutions.models import Institution


@dataclass(frozen=True)
class Line:
    """One question with its answer as people read it; `url` where the answer is an address."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class ReadSection:
    """One section of a version."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Change:
    """One answer that is not what it was."""

    label: str
    before: str
    after: str


def read_version(version: ApplicationVersion) -> list[ReadSection]:
    """The questions that were put, with their answers; sections without any are left out."""
    sections = [_read_section(section, version.answers) for section in SECTIONS]
    return [section for section in sections if section.lines]


def _read_section(section: Section, answers: Answers) -> ReadSection:
    lines = [_read_line(question, answers.get(question.key)) for question in section.shown(answers)]
    return ReadSection(str(section.title), lines)


def _read_line(question: Question, answer: Any) -> Line:
    text = read_answer(question, answer)
    is_link = question.kind is Kind.URL and text.startswith("https://")
    return Line(str(question.label), text, url=text if is_link else "")


def read_answer(question: Question, answer: Any) -> str:
    if not answer:
        return ""
    if question.kind is Kind.INSTITUTION:
        return str(Institution.objects.filter(pk=answer).first() or "")
    if question.kind is Kind.COUNTRY:
        return str(countries.name(answer))
    if question.kind is Kind.TERMS:
        return _("Accepted (version %(version)s)") % {"version": answer}
    labels = dict(YES_OR_NO if question.kind is Kind.YES_NO else question.options)
    if isinstance(answer, list):
        return "\n".join(str(labels.get(each, each)) for each in answer)
    return str(labels.get(answer, answer))


def changes_since_last_version(application: Application) -> list[Change]:
    """What the applicant changed in the latest version; nothing for the first."""
    latest = list(application.versions.order_by("-number")[:2])
    if len(latest) < 2:
        return []
    now, before = latest
    changed = [
        Change(
            str(question.label),
            read_answer(question, before.answers.get(question.key)),
            read_answer(question, now.answers.get(question.key)),
        )
        for section in SECTIONS
        for question in section.questions
        if before.answers.get(question.key) != now.answers.get(question.key)
    ]
    people = Change(_("Collaborators"), _people(before), _people(now))
    return [*changed, people] if people.before != people.after else changed


def _people(version: ApplicationVersion) -> str:
    return "\n".join(_person(person) for person in version.collaborators)


def _person(person: dict[str, Any]) -> str:
    line = f"{person['name']} <{person['email']}>, {person['expertise']}"
    return f"{line}, {_('works at another institution')}" if person["works_elsewhere"] else line

"""Reading what was submitted: answers as sentences, and what changed between two versions."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from applications.fields import name_of_days
from applications.models import Application, ApplicationVersion, form_of, form_of_version
from applications.questions import (
    INSTITUTION_KEY,
    PUBLIC_SUMMARY_KEY,
    YES_OR_NO,
    Answers,
    Form,
    Kind,
    Question,
    Section,
    public_questions,
)
from institutions.models import Institution


@dataclass(frozen=True)
class Line:
    """One question with its answer as people read it; `url` where the answer is an address.

    `key` and `question` are there for whoever orders the lines by another scheme; `given_to` is the
    number of the form in which the question was when it was answered.
    """

    label: str
    text: str
    url: str = ""
    key: str = ""
    question: Question | None = None
    given_to: int = 0


@dataclass(frozen=True)
class ReadSection:
    """One section of a version."""

    title: str
    lines: list[Line]
    key: str = ""


@dataclass(frozen=True)
class Change:
    """One answer that is not what it was."""

    label: str
    before: str
    after: str


def read_version(version: ApplicationVersion) -> list[ReadSection]:
    """The questions that were put, with their answers; sections without any are left out."""
    form = form_of_version(version)
    sections = [_read_section(form, section, version) for section in form.sections]
    return [section for section in sections if section.lines]


def _read_section(form: Form, section: Section, version: ApplicationVersion) -> ReadSection:
    answers, given_to = version.answers, version.answer_versions
    lines = [
        read_line(question, answers.get(question.key), given_to.get(question.key, form.number))
        for question in form.shown(section, answers)
        if question.kind.has_field
    ]
    return ReadSection(str(section.title), lines, section.key)


def read_line(question: Question, answer: Any, given_to: int = 0) -> Line:
    text = read_answer(question, answer)
    is_link = question.kind is Kind.URL and text.startswith("https://")
    url = text if is_link else ""
    return Line(str(question.label), text, url, question.key, question, given_to)


def read_answer(question: Question, answer: Any) -> str:
    if not answer:
        return ""
    if question.kind is Kind.INSTITUTION:
        return str(Institution.objects.filter(pk=answer).first() or "")
    if question.kind is Kind.COUNTRY:
        return str(countries.name(answer))
    if question.kind is Kind.TERMS:
        return _("Accepted (version %(version)s)") % {"version": answer}
    if question.kind is Kind.DURATION:
        return name_of_days(int(answer))
    labels: dict[str, Any] = dict(YES_OR_NO if question.kind is Kind.YES_NO else question.options)
    if isinstance(answer, list):
        return "\n".join(str(labels.get(each, each)) for each in answer)
    return str(labels.get(answer, answer))


def changes_since_last_version(application: Application) -> list[Change]:
    """What the applicant changed in the latest version.

    The first version of an application that takes up another is compared with the last of that.
    """
    latest = list(application.versions.order_by("-number")[:2])
    if len(latest) == 1 and application.predecessor is not None:
        latest += application.predecessor.versions.order_by("-number")[:1]
    if len(latest) < 2:
        return []
    now, before = latest
    changed = [
        _change(question, before.answers, now.answers)
        for question in _questions_of(now, before)
        if before.answers.get(question.key) != now.answers.get(question.key)
    ]
    people = Change(_("Collaborators"), _people(before), _people(now))
    return [*changed, people] if people.before != people.after else changed


def _questions_of(now: ApplicationVersion, before: ApplicationVersion) -> list[Question]:
    """Those of the newer form, then those that were asked only before."""
    newer, older = form_of_version(now).questions, form_of_version(before).questions
    keys = {question.key for question in newer}
    both = [*newer, *(question for question in older if question.key not in keys)]
    return [question for question in both if question.kind.has_field]


def _change(question: Question, before: Answers, now: Answers) -> Change:
    key = question.key
    return Change(
        str(question.label),
        read_answer(question, before.get(key)),
        read_answer(question, now.get(key)),
    )


def _people(version: ApplicationVersion) -> str:
    return "\n".join(_person(person) for person in version.collaborators)


def _person(person: dict[str, Any]) -> str:
    line = f"{person['name']} <{person['email']}>, {person['expertise']}"
    return f"{line}, {_('works at another institution')}" if person["works_elsewhere"] else line


def no_longer_asked(application: Application) -> list[Line]:
    """Answers that are kept aside because their question was retired since they were given."""
    if application.form is None:
        return []
    asked = {question.key for question in application.form.asked.questions}
    retired = (each for each in application.form.content.questions if each.key not in asked)
    return [
        read_line(question, application.answers[question.key])
        for question in retired
        if question.kind.has_field and question.is_answered(application.answers)
    ]


@dataclass(frozen=True)
class RegisterEntry:
    """What the public register shows of an application that was let in."""

    title: str
    institution: str
    lines: list[Line]
    summary: str


def register_entry(application: Application) -> RegisterEntry:
    """The public answers, which are marked so in the form; everything else is confidential."""
    answers, institution = application.answers, application.institution
    apart = {INSTITUTION_KEY, PUBLIC_SUMMARY_KEY, "project_title"}
    return RegisterEntry(
        title=application.title,
        institution=str(institution or answers.get("institution_name") or ""),
        lines=[
            read_line(question, answers.get(question.key))
            for question in public_questions(form_of(application))
            if question.key not in apart
        ],
        summary=str(answers.get(PUBLIC_SUMMARY_KEY) or ""),
    )

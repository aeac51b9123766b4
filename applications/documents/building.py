"""Building a document from a frozen version, or from a draft as it stands."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from applications.attachments.describing import describe
from applications.documents.arranging import arrange
from applications.documents.regimes import AS_FILLED_IN, Regime
from applications.documents.structure import (
    SCHEMA,
    SCHEMA_VERSION,
    ApplicationDocument,
    AttachedFile,
    Entry,
    Fact,
    Letter,
    Part,
    Person,
)
from applications.models import Application, ApplicationVersion, form_of, form_of_version
from applications.questions import Answers, Form, Kind, Question
from applications.reading import read_line
from lib.time import now
from reviews.models import Decision, Evidence
from reviews.reasons import with_reason_texts

Files = Mapping[str, tuple[AttachedFile, ...]]
Parts = Iterator[Part]


def document_of(
    application: Application,
    version: ApplicationVersion | None,
    *,
    regime: Regime | None = None,
    with_evidence: bool = False,
) -> ApplicationDocument:
    """The document of a version, or of the draft when there is none.

    Letters are those the applicant may read. Notes and threads of staff are in no document;
    evidence is in those of staff alone.
    """
    answers = version.answers if version else application.answers
    files = _files(version.attachments if version else _standing(application))
    people = tuple(_collaborators(application, version))
    form = form_of_version(version) if version else form_of(application)
    given_to = version.answer_versions if version else application.answer_versions
    parts = tuple(_parts(form, answers, given_to, files))
    return ApplicationDocument(
        schema=SCHEMA,
        schema_version=SCHEMA_VERSION,
        id=str(application.pk),
        programme=application.programme.name,
        title=str(answers.get("project_title") or _("Untitled application")),
        status=application.public_status,
        arrangement=regime.key if regime else AS_FILLED_IN,
        arrangement_title=str(regime.title) if regime else "",
        language=get_language() or "en",
        produced_at=now(),
        version=version.number if version else 0,
        form_version=form.number,
        terms_version=version.terms_version if version else None,
        submitted_at=version.created_at.astimezone(dt.UTC) if version else None,
        applicant=_applicant(application, answers),
        parts=arrange(parts, people, regime) if regime else parts,
        collaborators=people,
        letters=tuple(_letters(application)),
        evidence=tuple(_facts(application, version)) if version and with_evidence else (),
    )


def _standing(application: Application) -> list[dict[str, Any]]:
    return [describe(attachment) for attachment in application.attachments.fit()]


def _files(rows: Iterable[Mapping[str, Any]]) -> Files:
    """By the question they answer."""
    by_question: dict[str, tuple[AttachedFile, ...]] = {}
    for row in rows:
        key = row["question_key"]
        by_question[key] = (*by_question.get(key, ()), _file(row))
    return by_question


def _file(row: Mapping[str, Any]) -> AttachedFile:
    return AttachedFile(
        id=row["id"],
        name=row["name"],
        media_type=row["kind"],
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
    )


def _parts(form: Form, answers: Answers, given_to: Mapping[str, int], files: Files) -> Parts:
    """Section by section, the questions that were put; sections without any are left out."""
    for section in form.sections:
        shown = [each for each in form.shown(section, answers) if each.kind is not Kind.PEOPLE]
        entries = tuple(
            _entry(each, answers.get(each.key), given_to.get(each.key, form.number), files)
            for each in shown
        )
        if entries:
            yield Part(section.key, str(section.title), "", entries)


def _entry(question: Question, answer: Any, given_to: int, files: Files) -> Entry:
    line = read_line(question, answer)
    attached = files.get(question.key, ())
    return Entry(
        key=question.key,
        label=line.label,
        answer=answer,
        text="\n".join(each.name for each in attached) or line.text,
        url=line.url,
        files=attached,
        element=question.element,
        heading=question.heading,
        form_version=given_to,
    )


def _applicant(application: Application, answers: Answers) -> Person:
    return Person(
        name=str(answers.get("full_name") or application.applicant),
        email=application.applicant.email,
        expertise=str(answers.get("expertise") or ""),
        institution=str(application.institution or answers.get("institution_name") or ""),
        works_elsewhere=False,
    )


def _collaborators(
    application: Application, version: ApplicationVersion | None
) -> Iterable[Person]:
    """As frozen; of a draft, as they are listed now."""
    if version is None:
        for person in application.collaborators.select_related("application__institution"):
            yield Person(
                name=person.name,
                email=person.email,
                expertise=person.expertise,
                institution=str(person.institution or ""),
                works_elsewhere=person.works_elsewhere,
            )
        return
    for row in version.collaborators:
        yield Person(
            name=row["name"],
            email=row["email"],
            expertise=row["expertise"],
            institution=row.get("institution", ""),
            works_elsewhere=row["works_elsewhere"],
        )


def _letters(application: Application) -> Iterable[Letter]:
    """A proposal that nobody confirmed yet is no decision, and no reviewer is named."""
    made = Decision.objects.about(application).filter(is_proposal=False)
    for decision in with_reason_texts(made, application.programme):
        yield Letter(
            decided_at=decision.created_at.astimezone(dt.UTC),
            version=decision.version,
            outcome=decision.outcome,
            title=decision.title,
            comment=decision.comment,
            conditions=decision.conditions,
        )


def _facts(application: Application, version: ApplicationVersion) -> Iterable[Fact]:
    for row in Evidence.objects.about(application).filter(version=version.number):
        yield Fact(
            criterion=row.criterion_code,
            colour=row.colour,
            value=row.value,
            sentence=row.sentence,
            source=row.source,
        )

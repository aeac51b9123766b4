"""Sentences that every readable form of the document shares."""

import datetime as dt
from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from applications.documents.structure import ApplicationDocument, AttachedFile, Person


def describe_person(person: Person) -> str:
    line = f"{person.name} <{person.email}>, {person.expertise}"
    line = f"{line}, {person.institution}" if person.institution else line
    return f"{line}, {_('works at another institution')}" if person.works_elsewhere else line


def file_line(file: AttachedFile) -> str:
    size = filesizeformat(file.size_bytes).replace("\xa0", " ")
    return f"{file.name} ({size}, SHA-256 {file.sha256})"


def front_lines(document: ApplicationDocument) -> Iterator[str]:
    """What stands above the answers, in every form of the document."""
    person = document.applicant
    who = ", ".join(each for each in (person.name, person.institution) if each)
    yield _("Principal researcher: %(who)s <%(email)s>") % {"who": who, "email": person.email}
    if document.submitted_at is None:
        yield _("Draft, not submitted: the answers may still change.")
    else:
        yield _("Version %(number)s, submitted on %(moment)s; terms version %(terms)s") % {
            "number": document.version,
            "moment": moment(document.submitted_at),
            "terms": document.terms_version,
        }
    yield _("Status: %(status)s") % {"status": document.status}
    yield _("Made on %(moment)s, application %(id)s") % {
        "moment": moment(document.produced_at),
        "id": document.id,
    }


def moment(when: dt.datetime) -> str:
    return f"{when.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"

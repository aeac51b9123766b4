"""What a document of an application holds, whatever it is written as.

The names here are the keys of the JSON form, which docs/application-documents.md explains: a key
keeps its meaning; what changes the meaning of one raises `SCHEMA_VERSION`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

SCHEMA = "carrel.application"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class AttachedFile:
    """One file that answers a question; the content travels apart."""

    id: str
    name: str
    media_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One question with its answer: as it is kept, and as people read it.

    `element` is the letter of Article 40(8) of the Digital Services Act that the question speaks
    to, `heading` one of the Five Safes, and `form_version` the form in which it was answered.
    """

    key: str
    label: str
    answer: Any
    text: str
    url: str = ""
    files: tuple[AttachedFile, ...] = ()
    element: str = ""
    heading: str = ""
    form_version: int = 0


@dataclass(frozen=True)
class Part:
    """Some questions under one heading. `note` says what belongs here, or what is missing."""

    key: str
    title: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Person:
    """Somebody whom the applicant wants in the lab."""

    name: str
    email: str
    expertise: str
    institution: str
    works_elsewhere: bool


@dataclass(frozen=True)
class Letter:
    """What staff decided, as the applicant may read it."""

    decided_at: dt.datetime
    version: int
    outcome: str
    title: str
    comment: str
    conditions: str


@dataclass(frozen=True)
class Fact:
    """One piece of evidence; in the copies of staff only."""

    criterion: str
    colour: str
    value: str
    sentence: str
    source: str


@dataclass(frozen=True)
class ApplicationDocument:
    """All of it. `version` is 0 for a draft, whose answers may still change."""

    schema: str
    schema_version: int
    id: str
    programme: str
    title: str
    status: str
    arrangement: str
    arrangement_title: str
    language: str
    produced_at: dt.datetime
    version: int
    form_version: int
    terms_version: int | None
    submitted_at: dt.datetime | None
    applicant: Person
    parts: tuple[Part, ...]
    collaborators: tuple[Person, ...]
    letters: tuple[Letter, ...]
    evidence: tuple[Fact, ...]

    @property
    def is_draft(self) -> bool:
        return not self.version

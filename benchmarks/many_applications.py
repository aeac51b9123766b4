"""So many applications as a large programme has in years, written by COPY.

The rows are what the actions would have written, in the shares of a busy programme: three in ten
with staff, one in twenty with the applicant, the rest closed. The same number and seed give the
same shares.
"""

import datetime as dt
import json
import random
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import NOT_PROVIDED, Model

from accounts.models import User
from accounts.roles import Role
from applications.models import Application, ApplicationVersion
from institutions.folding import spellings
from institutions.models import Institution
from lib.ids import uuid7
from lib.time import now
from programmes.models import Programme
from reviews.models import Conflict, Evidence, Review

SEED = 20_261_122
KIND = "applications.application"
_STATUSES = ["SUBMITTED"] * 9 + ["REFUSAL_PROPOSED"] * 1 + ["IN_REVIEW"] * 14
_STATUSES += ["CONSOLIDATING"] * 5 + ["APPEALED"] * 1 + ["CHANGES_REQUESTED"] * 5
_STATUSES += ["DECLINED"] * 45 + ["WITHDRAWN"] * 15 + ["EXPIRED"] * 5
_WORDS = ["elections", "floods", "music", "health", "language"]
_WORDS += ["migration", "climate", "comments", "youth", "markets"]
_COLOURS = ["GREEN"] * 6 + ["YELLOW"] * 3 + ["RED"]
_REVIEWER_COUNT = 20
_LONG_ANSWER = "How do parties speak to young voters in short videos? " * 18


def make_reviewers() -> list[User]:
    """The first is the one who looks at the queue."""
    return [
        User.objects.create_user(
            f"reviewer-{number}@bench.test", name=f"Reviewer {number}", role=Role.REVIEWER
        )
        for number in range(_REVIEWER_COUNT)
    ]


@transaction.atomic
def make_applications(count: int, reviewers: list[User]) -> None:
    """Add so many, with their applicants, versions, evidence, reviews and conflicts."""
    chance = random.Random(SEED + count)
    applicants = [uuid7() for _ in range(max(count // 3, 1))]
    _copy(User, _USER, (_user(pk, number) for number, pk in enumerate(applicants)))
    institutions = list(Institution.objects.order_by("name")[:50])
    programme, moment = Programme.objects.default(), now()
    files = [
        _file(number, chance, chance.choice(applicants), institutions, reviewers, moment)
        for number in range(count)
    ]
    _copy(
        Application,
        _APPLICATION,
        ((*each["row"][:1], programme.pk, *each["row"][1:]) for each in files),
    )
    _copy(ApplicationVersion, _VERSION, map(_version, files))
    _copy(Evidence, _EVIDENCE, (row for each in files for row in _evidence(each)))
    _copy(Review, _REVIEW, _reviews(files, reviewers, chance))
    _copy(Conflict, _CONFLICT, _conflicts(files, reviewers, chance))


def settle() -> None:
    """Let the planner know the tables, as autovacuum does by and by."""
    with connection.cursor() as cursor:
        for model in (Application, ApplicationVersion, Evidence, Review, Conflict, User):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


_USER = "id,email,name,password,role,is_active,is_superuser"
_APPLICATION = (
    "id,programme_id,applicant_id,institution_id,status,answers,version_count,saved_at,"
    "submitted_at,due_at,decided_at,owner_id,resumes_as,colour,country_code,search"
)
_VERSION = "id,application_id,number,answers,collaborators,terms_version"
_EVIDENCE = "id,subject_kind,subject_id,version,criterion_code,colour,value,sentence,source"
_EVIDENCE += ",kind,asserted_by"
_REVIEW = "id,subject_kind,subject_id,reviewer_id,status,version,is_external,is_tie_break,"
_REVIEW += "is_appeal,recommendation,reason,comment,conditions,checklist"
_CONFLICT = "id,subject_kind,subject_id,person_id,kind,sentence"


def _copy(model: type[Model], columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Columns that are not named get the model's own defaults, as `save` would give them."""
    named = columns.split(",")
    others = {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if field.column not in named and field.db_default is NOT_PROVIDED and not field.null
    }
    rest = tuple(
        json.dumps(each) if isinstance(each, dict | list) else each for each in others.values()
    )
    table, names = model._meta.db_table, ",".join([*named, *others])
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((*row, *rest))


def _user(pk: uuid.UUID, number: int) -> tuple[Any, ...]:
    return pk, f"{pk.hex}@bench.test", f"Applicant {number}", "!", Role.APPLICANT, True, False


def _file(
    number: int,
    chance: random.Random,
    applicant: uuid.UUID,
    institutions: list[Institution],
    reviewers: list[User],
    moment: dt.datetime,
) -> dict[str, Any]:
    """One application, as a row of the table and with what its other rows need."""
    status, institution = chance.choice(_STATUSES), chance.choice(institutions)
    submitted = moment - dt.timedelta(minutes=chance.randrange(60 * 24 * 60))
    words = chance.sample(_WORDS, 3)
    # One rare word, so that a search that finds little is measured beside one that finds much.
    title = " ".join([*words, "unheard" if number % 1_000 == 7 else "study", str(number)])
    answers = {"project_title": title, "summary": _LONG_ANSWER, "design": _LONG_ANSWER}
    pk, colour = uuid7(), chance.choice(_COLOURS)
    owner = None if status == "SUBMITTED" else chance.choice(reviewers[1:]).pk
    row = (
        pk,
        applicant,
        institution.pk,
        status,
        json.dumps(answers),
        1 + (number % 10 == 0),
        submitted,
        submitted,
        submitted + dt.timedelta(days=40),
        moment if status == "DECLINED" else None,
        owner,
        "IN_REVIEW" if status == "CHANGES_REQUESTED" else "",
        colour,
        str(institution.country.code),
        _vector(f"{title} {institution.name} {applicant.hex} bench test"),
    )
    return {
        "pk": pk,
        "status": status,
        "answers": json.dumps(answers),
        "version": row[5],
        "colour": colour,
        "row": row,
    }


def _vector(text: str) -> str:
    return " ".join(sorted({f"'{word}'" for part in spellings(text) for word in part.split()}))


def _version(file: dict[str, Any]) -> tuple[Any, ...]:
    return uuid7(), file["pk"], file["version"], file["answers"], "[]", 1


def _evidence(file: dict[str, Any]) -> list[tuple[Any, ...]]:
    codes = ("expertise", "independence", "institution", "proposal", "non_commercial")
    return [
        (
            *(uuid7(), KIND, file["pk"], file["version"], code, file["colour"]),
            *("value", "A sentence that says what was found.", "The application", "", ""),
        )
        for code in codes
    ]


def _reviews(
    files: list[dict[str, Any]], reviewers: list[User], chance: random.Random
) -> Iterable[tuple[Any, ...]]:
    """Two for each that is in review; the first reviewer has a few, as one person can."""
    in_review = [file for file in files if file["status"] == "IN_REVIEW"]
    for place, file in enumerate(in_review):
        chosen = chance.sample(reviewers[1:], 2)
        if place < 10:
            chosen[0] = reviewers[0]
        for person in chosen:
            yield (
                *(uuid7(), KIND, file["pk"], person.pk, "ASSIGNED", file["version"]),
                *(False, False, False, "", "", "", "", "{}"),
            )


def _conflicts(
    files: list[dict[str, Any]], reviewers: list[User], chance: random.Random
) -> Iterable[tuple[Any, ...]]:
    """Each reviewer is tied to one application in a hundred."""
    for file in files:
        if chance.random() < _REVIEWER_COUNT / 100:
            person = chance.choice(reviewers)
            yield uuid7(), KIND, file["pk"], person.pk, "SAME_INSTITUTION", "Same institution."

"""Finding what ties people to applications; nothing here writes."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.conflicts.coauthors import names_author
from applications.conflicts.statement import FIND_TIES
from applications.models import Application
from applications.states import OPEN, ApplicationStatus
from institutions.mail import gives_addresses_to_anybody
from institutions.models import Institution
from reviews.models import ConflictKind, Review
from reviews.states import ReviewStatus

# The answers that name authors.
_WRITINGS = ("publications", "references")


@dataclass(frozen=True)
class Tie:
    """One reason why a person may not judge an application, which is not written down yet."""

    application_id: uuid.UUID
    person_id: uuid.UUID
    kind: ConflictKind
    sentence: str


def find_ties(
    applications: Sequence[Application], *, people: Collection[uuid.UUID] | None = None
) -> list[Tie]:
    """What ties these people, or else everybody who may review, to these applications.

    What is written down already is left out, and so is what an operator has lifted.
    """
    by_id = {application.pk: application for application in applications}
    chosen = _reviewers(by_id) if people is None else list(people)
    found: dict[tuple[uuid.UUID, uuid.UUID, str], Tie] = {}
    for file_id, person_id, kind, detail in _rows(list(by_id), chosen):
        sentence = _sentence(by_id[file_id], ConflictKind(kind), detail)
        if sentence:
            tie = Tie(file_id, person_id, ConflictKind(kind), sentence)
            found.setdefault((file_id, person_id, kind), tie)
    return [tie for tie in found.values() if _is_needed(tie, found)]


def _is_needed(tie: Tie, found: Collection[tuple[uuid.UUID, uuid.UUID, str]]) -> bool:
    """Whoever takes part needs no other reason."""
    is_part = (tie.application_id, tie.person_id, ConflictKind.PART.value) in found
    return tie.kind == ConflictKind.PART or not is_part


def is_tied_now(application: Application, person: User) -> bool:
    """Whether something ties the person that is not written down yet."""
    return bool(find_ties([application], people=[person.pk]))


def _reviewers(files: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Reviewers of the house, and those who were asked from outside about one of the files."""
    house = User.objects.able_to(Ability.REVIEW)
    asked = Review.objects.filter(
        subject_id__in=files, is_external=True, status__in=[ReviewStatus.ASSIGNED]
    )
    outside = User.objects.filter(pk__in=asked.values("reviewer_id"))
    return list(house.values_list("pk", flat=True).union(outside.values_list("pk", flat=True)))


def _rows(
    files: list[uuid.UUID], people: list[uuid.UUID]
) -> Iterator[tuple[uuid.UUID, uuid.UUID, str, str]]:
    pending = [*OPEN, ApplicationStatus.APPEALED]
    statuses = [str(each) for each in pending]
    given: dict[str, Any] = {"files": files, "people": people, "pending": statuses}
    with connection.cursor() as cursor:
        cursor.execute(FIND_TIES, given)
        yield from cursor.fetchall()


def _sentence(application: Application, kind: ConflictKind, detail: str) -> str:
    """Why, as the person reads it, who may not see the application; nothing if it is no tie."""
    match kind:
        case ConflictKind.PART:
            return _("You take part in it yourself.")
        case ConflictKind.SAME_INSTITUTION:
            return _same_institution(application, detail)
        case ConflictKind.SAME_DOMAIN:
            return _same_domain(detail)
        case ConflictKind.SAME_LAB:
            sentence = _("You and somebody of it are, or were in the last two years, in “%(lab)s”.")
            return sentence % {"lab": detail}
        case ConflictKind.JOINT_APPLICATION:
            return _("You apply together with somebody of it in another application.")
        case ConflictKind.COAUTHOR:
            return _coauthor(application, detail)
    return _("You declared: %(words)s") % {"words": detail[:250]}


def _same_institution(application: Application, detail: str) -> str:
    """The nearest owner of the person's domain counts: a hospital below a university's domain that
    has an entry of its own is not the university."""
    own, _space, owned = detail.partition(" ")
    institution = application.institution
    if institution is None:
        return ""
    if own != owned:
        owners = list(Institution.objects.owning(own))
        nearest = owners[0].owned_part(own) if owners else owned
        if institution.owned_part(own) != nearest:
            return ""
    sentence = _("Your address at %(domain)s is one of %(institution)s, where the applicant works.")
    return sentence % {"domain": own, "institution": institution.name[:150]}


def _same_domain(domain: str) -> str:
    if gives_addresses_to_anybody(domain):
        return ""
    return _("You and somebody of it have addresses at %(domain)s.") % {"domain": domain}


def _coauthor(application: Application, name: str) -> str:
    writings = "\n".join(str(application.answers.get(key) or "") for key in _WRITINGS)
    if not names_author(writings, name):
        return ""
    return _("A name like yours stands among the authors of the publications in it.")

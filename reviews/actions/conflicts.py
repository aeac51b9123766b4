"""Ties that a reviewer declares."""

from django.db import models

from accounts.models import User
from audit.log import record
from reviews.models import Conflict, ConflictKind


def declare_conflict(subject: models.Model, *, person: User, sentence: str, by: User) -> Conflict:
    """From now on the subject is closed to this person. Declaring it twice changes nothing."""
    named = Conflict(person=person, kind=ConflictKind.DECLARED, sentence=sentence[:300])
    named.name_subject(subject)
    conflict: Conflict
    conflict, is_new = Conflict.objects.get_or_create(
        person=person,
        subject_id=named.subject_id,
        kind=named.kind,
        defaults={"subject_kind": named.subject_kind, "sentence": named.sentence},
    )
    if conflict.lifted_at is not None:
        Conflict.objects.filter(pk=conflict.pk).update(lifted_at=None, lifted_by=None)
    if is_new:
        record(
            "conflict.declared",
            by=by,
            subject=conflict,
            details={"person": str(person.pk), "of": str(subject.pk)},
            text=sentence,
        )
    return conflict

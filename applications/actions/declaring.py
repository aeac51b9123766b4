"""What people say about their own ties, and what operators answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.actions.ties import close_to_tied, sweep_conflicts
from applications.conflicts import note_conflicts
from applications.models import Application
from applications.permissions import check_judge
from audit.log import record
from institutions.models import Institution
from lib.errors import NotAllowed, Refused
from lib.time import now
from reviews import permissions
from reviews.models import Conflict, ConflictKind, Declaration


@transaction.atomic
def declare_tie_to_file(application: Application, *, by: User, sentence: str) -> Declaration:
    """Close one file to oneself; what one was asked to review of it goes to somebody else."""
    check_judge(application, by)
    declaration = keep_declaration(by, sentence, subject_id=application.pk)
    close_to_tied([application], people=[by.pk])
    return declaration


@transaction.atomic
def declare_tie(
    *, by: User, sentence: str, email: str = "", institution: Institution | None = None
) -> Declaration:
    """Close all files of a person or an institution to oneself, those that are to come as well."""
    if not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only reviewers declare ties."))
    if bool(email.strip()) == (institution is not None):
        raise Refused(_("Name either a person's e-mail address or an institution."))
    declaration = keep_declaration(
        by, sentence, email=email.strip().lower(), institution=institution
    )
    sweep_conflicts(people=[by.pk])
    return declaration


def keep_declaration(by: User, sentence: str, **about: object) -> Declaration:
    """Write the words down, so that files that are to come are covered, too."""
    if not sentence.strip():
        raise Refused(_("Say in a few words what the tie is."))
    row = Declaration.objects.create(declared_by=by, sentence=sentence.strip()[:300], **about)
    record("declaration.made", by=by, subject=row, text=row.sentence)
    return row


@transaction.atomic
def ask_back(declaration: Declaration, *, by: User) -> Declaration:
    """Ask to take one's own declaration back; it stands until an operator consents."""
    permissions.check_ask_back(declaration, by)
    if declaration.asked_back_at is None:
        declaration.asked_back_at = now()
        declaration.save(update_fields=["asked_back_at"])
        record("declaration.asked_back", by=by, subject=declaration)
    return declaration


@transaction.atomic
def end_declaration(declaration: Declaration, *, by: User) -> Declaration:
    """Consent to taking a declaration back: what no other declaration covers opens again."""
    permissions.check_end_declaration(declaration, by)
    declaration.ended_at, declaration.ended_by = now(), by
    declaration.save(update_fields=["ended_at", "ended_by"])
    record("declaration.ended", by=by, subject=declaration)
    person = declaration.declared_by_id
    rows = Conflict.objects.standing().filter(person=person, kind=ConflictKind.DECLARED)
    files = list(rows.values_list("subject_id", flat=True))
    rows.update(
        lifted_at=declaration.ended_at, lifted_by=by, lift_reason=_("The declaration was ended.")
    )
    still = Application.objects.filter(pk__in=files).select_related("institution")
    note_conflicts(list(still), people=[person])
    return declaration


@transaction.atomic
def object_to_conflict(conflict: Conflict, *, by: User, objection: str) -> Conflict:
    """Say why a computed tie is none; an operator decides, and it stands until then."""
    permissions.check_object_to_conflict(conflict, by)
    if not objection.strip():
        raise Refused(_("Say why this is no tie: an operator reads it."))
    conflict.objection = objection.strip()[:1000]
    conflict.save(update_fields=["objection"])
    record("conflict.contested", by=by, subject=conflict, text=conflict.objection)
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: User, reason: str) -> Conflict:
    """Decide that a computed tie is none in this case, with a reason that stays on record."""
    permissions.check_lift_conflict(conflict, by)
    if not reason.strip():
        raise Refused(_("Write why the conflict is lifted: it stays on record."))
    locked = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if locked.lifted_at is not None:
        raise Refused(_("This conflict was lifted already."))
    conflict.lifted_at, conflict.lifted_by = now(), by
    conflict.lift_reason = reason.strip()[:1000]
    conflict.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    record("conflict.lifted", by=by, subject=conflict, text=conflict.lift_reason)
    return conflict

"""Leaving parts out of the public register: the request, and what staff decide about it."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from applications.actions.locking import lock
from applications.models import Application
from applications.models.redactions import Redaction, RegisterPart
from applications.permissions import check_own
from applications.states import ApplicationStatus
from audit.log import record
from lib.errors import NotAllowed, Refused
from lib.time import now


@transaction.atomic
def request_redaction(
    application: Application, *, parts: Collection[str], reason: str, by: User
) -> Redaction:
    """Ask that parts of the entry are left out.

    Refuses what is not in the register, a request without parts or reason, and a second one while
    the first waits.
    """
    lock(application)
    check_own(application, by)
    if application.status != ApplicationStatus.APPROVED:
        raise Refused(_("Only approved applications stand in the register."))
    if not parts or not set(parts) <= set(RegisterPart.values):
        raise Refused(_("Choose at least one part of the entry."))
    if not reason.strip():
        raise Refused(_("Say why, so that it can be decided."))
    if application.redactions.open().exists():
        raise Refused(_("One request waits for its decision already."))
    redaction = Redaction.objects.create(
        application=application, parts=sorted(set(parts)), reason=reason.strip()
    )
    details = {"redaction": str(redaction.pk), "parts": redaction.parts}
    record(
        "redaction.requested", by=by, subject=application, details=details, text=redaction.reason
    )
    return redaction


@transaction.atomic
def decide_redaction(redaction: Redaction, *, is_granted: bool, answer: str, by: User) -> Redaction:
    """Grant or refuse it, in words that the principal researcher reads.

    Refuses whoever does not run the programme or asked for it, and a second decision.
    """
    redaction = Redaction.objects.select_for_update(of=("self",)).get(pk=redaction.pk)
    if not by.has_ability(Ability.RUN_PROGRAMME) or redaction.application.applicant_id == by.pk:
        raise NotAllowed(_("Only an operator who did not ask for it may decide this."))
    if redaction.decided_at is not None:
        raise Refused(_("This request was decided before."))
    if not answer.strip():
        raise Refused(_("Say why, in words that the principal researcher reads."))
    redaction.is_granted, redaction.answer = is_granted, answer.strip()
    redaction.decided_at, redaction.decided_by = now(), by
    redaction.save(update_fields=["is_granted", "answer", "decided_at", "decided_by"])
    details = {"redaction": str(redaction.pk), "parts": redaction.parts}
    record(
        "redaction.granted" if is_granted else "redaction.refused",
        by=by,
        subject=redaction.application,
        details=details,
        text=redaction.answer,
    )
    return redaction

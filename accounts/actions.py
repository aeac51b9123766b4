"""What is done to a person's account besides signing up and in, which allauth does."""

import datetime as dt
import uuid
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import OrcidRecord, User
from accounts.orcid import OrcidUnreachable, ask_orcid, is_orcid_id
from accounts.roles import Role
from audit.log import record
from lib.errors import Refused
from lib.time import now

log = structlog.get_logger(__name__)

# A record younger than this is not looked at again.
ORCID_IS_FRESH_FOR = dt.timedelta(days=1)


@transaction.atomic
def create_account(*, email: str, name: str, password: str, role: Role, by: User | None) -> User:
    """Make an account whose address counts as verified, because whoever makes it vouches for it.

    Refuses an address that has an account.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("%(email)s has an account already.") % {"email": email})
    user = User.objects.create_user(email, password, name=name, role=role)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record("account.created", by=by, subject=user, details={"role": role})
    return user


@transaction.atomic
def give_role(user: User, role: Role, *, by: User | None) -> User:
    """Change what a person is to the installation."""
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    record("account.role_given", by=by, subject=user, details={"from": before, "to": role})
    return user


@transaction.atomic
def link_orcid(user: User, *, orcid_id: str) -> OrcidRecord:
    """Keep that the person proved to own an ORCID iD; what the record says is asked for later."""
    if not is_orcid_id(orcid_id):
        raise Refused(_("“%(id)s” is not an ORCID iD.") % {"id": orcid_id})
    OrcidRecord.objects.filter(user=user).exclude(orcid_id=orcid_id).delete()
    linked, is_new = OrcidRecord.objects.get_or_create(
        user=user, orcid_id=orcid_id, defaults={"linked_at": now()}
    )
    if is_new:
        record("account.orcid_linked", by=user, subject=user)
    return linked


@transaction.atomic
def unlink_orcid(user: User, *, orcid_id: str) -> None:
    """Forget the record; evidence that was gathered from it stays with its version."""
    if OrcidRecord.objects.filter(user=user, orcid_id=orcid_id).delete()[0]:
        record("account.orcid_unlinked", by=user, subject=user)


def look_up_orcid(user_id: str) -> OrcidRecord | None:
    """Ask ORCID, unless the answer is fresh; no transaction is open while ORCID thinks.

    Returns the record, with `has_answered` telling whether ORCID did; nothing where none is linked.
    """
    linked = OrcidRecord.objects.filter(user=uuid.UUID(user_id)).first()
    if linked is None or is_orcid_fresh(linked):
        return linked
    moment = now()
    try:
        told = ask_orcid(linked.orcid_id)
    except OrcidUnreachable as problem:
        log.warning("orcid_unreachable", problem=str(problem))
        changes: dict[str, Any] = {"asked_at": moment}
    else:
        changes = {
            "asked_at": moment,
            "told_at": moment,
            "employments": [each.as_row() for each in told.employments],
            "works_count": told.works_count,
        }
    # An update of this row only: whoever unlinked meanwhile stays unlinked.
    OrcidRecord.objects.filter(pk=linked.pk).update(**changes)
    return OrcidRecord.objects.filter(pk=linked.pk).first()


def is_orcid_fresh(linked: OrcidRecord) -> bool:
    """Whether ORCID answered within a day."""
    return linked.told_at is not None and linked.told_at > now() - ORCID_IS_FRESH_FOR

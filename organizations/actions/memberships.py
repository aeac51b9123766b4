"""Deciding about a collaborator, and ending a membership."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.status import change_status
from lib.errors import Refused
from lib.time import now
from organizations import emails
from organizations.actions.invitations import send_invitation
from organizations.models import Membership
from organizations.permissions import check_has_access
from organizations.states import MembershipStatus
from programmes.models import ReasonOutcome
from reviews.actions import record_decision
from reviews.models import Outcome
from reviews.reasons import check_reason, usual_reason


@transaction.atomic
def clear_membership(membership: Membership, *, by: User, comment: str = "") -> Membership:
    """Let a reviewed person be invited, and send the invitation."""
    check_has_access(membership.organization)
    change_status(
        membership,
        MembershipStatus.INVITED,
        by=by,
        is_cleared=True,
        text=f"{membership.name} <{membership.email}>",
    )
    record_decision(
        membership,
        outcome=Outcome.APPROVED,
        reason=usual_reason(membership.organization.programme),
        comment=comment,
        by=by,
    )
    send_invitation(membership)
    return membership


@transaction.atomic
def refuse_membership(membership: Membership, *, by: User, reason: str, comment: str) -> Membership:
    """Do not clear a person; the seat is free again, and both sides learn why.

    Refuses to decide without a reason and a comment.
    """
    given = check_reason(membership.organization.programme, reason, ReasonOutcome.DECLINED)
    if not comment.strip():
        raise Refused(_("Write a comment: the person is told it with the reason."))
    change_status(
        membership,
        MembershipStatus.REFUSED,
        by=by,
        details={"reason": reason},
        text=comment,
        seat=None,
        ended_at=now(),
    )
    record_decision(membership, outcome=Outcome.DECLINED, reason=reason, comment=comment, by=by)
    emails.tell_refused(membership, reason=str(given), comment=comment)
    return membership


@transaction.atomic
def remove_membership(membership: Membership, *, by: User) -> Membership:
    """End a membership, or leave: the seat is free again and both sides are told.

    Nothing else is revoked here. Clients, tokens and runs join the active membership whenever
    they are used, so all of them stop at their next request.
    """
    was_active = membership.is_active
    change_status(membership, MembershipStatus.REMOVED, by=by, seat=None, ended_at=now())
    emails.tell_removed(membership, by=by, was_active=was_active)
    return membership

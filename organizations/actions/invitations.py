"""Inviting a cleared person, and their answer."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from audit.status import change_status
from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import Now, now
from organizations import emails
from organizations.models import Invitation, Membership
from organizations.permissions import (
    check_answer_invitation,
    check_has_access,
    check_resend_invitation,
)
from organizations.states import MembershipStatus

RESEND_AFTER = dt.timedelta(hours=1)


class InvitationClosed(Refused):
    """The link is wrong, used, replaced, expired or another person's: one sentence for all."""

    http_status = 404


class ResentTooSoon(Refused):
    """An invitation went out a moment ago."""


def send_invitation(membership: Membership) -> Invitation:
    """Write a new invitation, which replaces any older one, and its letter."""
    membership.invitations.filter(used_at=None, revoked_at=None).update(revoked_at=Now())
    secret = new_secret()
    days = membership.organization.programme.invitation_days
    invitation = Invitation.objects.create(
        membership=membership,
        secret_hash=hash_secret(secret),
        email=membership.email,
        expires_at=now() + dt.timedelta(days=days),
    )
    emails.invite(invitation, secret)
    return invitation


@transaction.atomic
def resend_invitation(membership: Membership, *, by: User) -> Invitation:
    """Send a new link and close the older one; at most once an hour."""
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    check_resend_invitation(membership, by)
    check_has_access(membership.organization)
    if membership.status != MembershipStatus.INVITED:
        raise Refused(_("This person is not invited at present, so there is nothing to resend."))
    if membership.invitations.filter(created_at__gt=now() - RESEND_AFTER).exists():
        raise ResentTooSoon(
            _("An invitation went out within the last hour. Send the next one later.")
        )
    record(
        "invitation.resent",
        by=by,
        subject=membership,
        organization=membership.organization_id,
    )
    return send_invitation(membership)


def find_invited_membership(secret: str, *, by: User) -> Membership:
    """The membership that a link invites this person to; anything else is one and the same no."""
    invitation = _open_for(by).filter(secret_hash=_hash(secret)).first()
    if invitation is None:
        raise InvitationClosed(
            _(
                "This invitation cannot be used. Sign in with the address that it was sent to; "
                "if it still does not open, ask for a new one."
            )
        )
    return invitation.membership


def _hash(secret: str) -> str:
    """Letters that no link of ours has may come in; they must not break anything."""
    return hash_secret(secret.encode(errors="replace").decode())


def _open_for(user: User) -> QuerySet[Invitation]:
    """Invitations that this person could answer now: theirs, and to an address they still prove."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    return (
        Invitation.objects.open()
        .filter(membership__user=user, email__in=addresses.values("email"))
        .select_related("membership__organization")
    )


def invitation_expires_at(membership: Membership, *, by: User) -> dt.datetime | None:
    """Until when this person can accept; None when the invitation has run out."""
    invitation = _open_for(by).filter(membership=membership).first()
    return invitation.expires_at if invitation else None


@transaction.atomic
def accept_invitation(invited: Membership | str, *, by: User) -> Membership:
    """Take the seat and accept the terms of the day.

    `invited` is the membership, or the secret of the link.

    Refuses anybody but the invited person, an invitation that has expired or was used, and a
    lab whose access has ended.
    """
    membership = _lock_invited(invited, by)
    check_has_access(membership.organization)
    used = _open_for(by).filter(membership=membership).values("pk")
    is_open = Invitation.objects.filter(pk__in=used).update(used_at=Now())
    if membership.status == MembershipStatus.INVITED and not is_open:
        raise Refused(
            _("This invitation has expired. Ask the principal researcher to send a new one.")
        )
    terms = membership.organization.programme.terms.order_by("-version").first()
    change_status(
        membership,
        MembershipStatus.ACTIVE,
        by=by,
        details={"terms_version": terms.version if terms else None},
        joined_at=now(),
    )
    emails.tell_answered(membership)
    return membership


@transaction.atomic
def decline_invitation(invited: Membership | str, *, by: User) -> Membership:
    """Say no: the seat is free again."""
    membership = _lock_invited(invited, by)
    change_status(membership, MembershipStatus.DECLINED, by=by, seat=None, ended_at=now())
    emails.tell_answered(membership)
    return membership


def _lock_invited(invited: Membership | str, by: User) -> Membership:
    """Two tabs, or an answer and a resending, come one after the other."""
    found = find_invited_membership(invited, by=by) if isinstance(invited, str) else invited
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=found.pk)
    check_answer_invitation(membership, by)
    return membership

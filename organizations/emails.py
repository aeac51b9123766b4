"""The letters of this app, one function each."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from lib.time import now
from organizations.models import Invitation, Membership, Organization
from organizations.states import MembershipStatus
from outbox.actions import post_message
from outbox.models import Message

_TELL_AGAIN_AFTER = dt.timedelta(days=1)


def tell_lab_is_open(organization: Organization, principal: User) -> None:
    """Or that it opens, if its first day lies ahead."""
    words = {
        "name": principal.name,
        "lab": organization.name,
        "start": date_format(organization.first_day, "j F Y"),
        "end": date_format(organization.last_day, "j F Y"),
        "link": _link("lab", organization.pk),
    }
    is_open = organization.starts_at <= now()
    subject = _("Your lab “%(lab)s” is open") if is_open else _("Your lab “%(lab)s” is made")
    period = (
        _("“%(lab)s” has access to the data up to and including %(end)s (UTC).")
        if is_open
        else _(
            "Access of “%(lab)s” to the data begins on %(start)s and ends with %(end)s (UTC). "
            "Queries and API clients wait for the first day; collaborators can be proposed now."
        )
    )
    post_message(
        kind="organization.opened",
        to=principal.email,
        subject=subject % words,
        body=_(
            "Dear %(name)s,\n\n"
            "%(period)s\n"
            "You lead it: you see who is in it, how much of the day's quota is left, and you "
            "propose and remove collaborators.\n\n%(approval)s%(link)s\n"
        )
        % {**words, "period": period % words, "approval": _approval(organization)},
    )


def tell_scope_changed(organization: Organization, *, reason: str) -> None:
    """To the principal researcher: what the lab is approved for from now on, and why."""
    principal = organization.principal
    post_message(
        kind="organization.scope_changed",
        to=principal.email,
        subject=_("What “%(lab)s” is approved for has changed") % {"lab": organization.name},
        body=_(
            "Dear %(name)s,\n\n"
            "from now on your lab is approved for this:\n\n%(lines)s\n\n"
            "Last day of access: %(end)s (UTC).\n\n"
            "Why it was changed:\n%(reason)s\n\n"
            "A query that asks for more is refused from its next request on; change it and run it "
            "again. Results that exist stay.\n\n%(link)s\n"
        )
        % {
            "name": principal.name,
            "lines": _lines(organization),
            "end": date_format(organization.last_day, "j F Y"),
            "reason": reason,
            "link": _link("lab", organization.pk),
        },
    )


def _approval(organization: Organization) -> str:
    """What the decision limited, and its conditions; nothing where it did neither."""
    parts = []
    if organization.approved_scope:
        parts.append(_("Your lab is approved for this:\n\n%(lines)s\n\n"))
    if organization.conditions:
        parts.append(_("The approval has conditions, for every member:\n\n%(conditions)s\n\n"))
    words = {"lines": _lines(organization), "conditions": organization.conditions}
    return "".join(part % words for part in parts)


def _lines(organization: Organization) -> str:
    return "\n".join(f"- {line}" for line in organization.approved_lines)


def ask_to_make_account(membership: Membership) -> None:
    """At most one such letter a day to an address, however often it is proposed."""
    kind = "membership.account_needed"
    if _was_told_lately(kind, membership.email):
        return
    post_message(
        kind=kind,
        to=membership.email,
        subject=_("You were named as a collaborator: please make an account"),
        body=_(
            "Dear %(name)s,\n\n"
            "%(principal)s named you as a collaborator of the lab “%(lab)s”.\n"
            "This is not an invitation yet. Before anybody can be invited they need an account "
            "of their own, and staff review who they are.\n\n"
            "Make an account with this address, %(email)s, and confirm it:\n%(link)s\n\n"
            "Once it is confirmed your review begins by itself. If you do not know the lab, "
            "you need not do anything.\n"
        )
        % {
            "name": membership.name,
            "principal": membership.organization.principal.name,
            "lab": membership.organization.name,
            "email": membership.email,
            "link": _link("account_signup"),
        },
    )


def invite(invitation: Invitation, secret: str) -> None:
    membership = invitation.membership
    organization = membership.organization
    post_message(
        kind="membership.invited",
        to=invitation.email,
        subject=_("Invitation to the lab “%(lab)s”") % {"lab": organization.name},
        body=_(
            "Dear %(name)s,\n\n"
            "you were cleared as a collaborator of the lab “%(lab)s”, led by %(principal)s.\n"
            "Accept or decline here, signed in with this address (%(email)s):\n%(link)s\n\n"
            "The link works once and until %(end)s UTC. It is of no use to anybody else.\n"
        )
        % {
            "name": membership.name,
            "lab": organization.name,
            "principal": organization.principal.name,
            "email": invitation.email,
            "link": _link("organizations:invitation_link", organization.pk, secret),
            "end": date_format(invitation.expires_at, "j F Y, H:i"),
        },
    )


def tell_refused(membership: Membership, *, reason: str, comment: str) -> None:
    """The principal researcher and the person read the same reason and comment."""
    for address in (membership.organization.principal.email, membership.email):
        post_message(
            kind="membership.refused",
            to=address,
            subject=_("%(name)s was not cleared for “%(lab)s”")
            % {"name": membership.name, "lab": membership.organization.name},
            body=_(
                "%(name)s was not cleared as a collaborator of the lab “%(lab)s”.\n\n"
                "Reason: %(reason)s\n\n%(comment)s\n\n"
                "The seat is free again. If something has changed, the principal researcher can "
                "propose the person once more.\n"
            )
            % {
                "name": membership.name,
                "lab": membership.organization.name,
                "reason": reason,
                "comment": comment,
            },
        )


def tell_answered(membership: Membership) -> None:
    """The principal researcher learns whether an invited person came."""
    has_joined = membership.status == MembershipStatus.ACTIVE
    words = {"name": membership.name, "lab": membership.organization.name}
    post_message(
        kind="membership.answered",
        to=membership.organization.principal.email,
        subject=(_("%(name)s joined “%(lab)s”") if has_joined else _("%(name)s declined “%(lab)s”"))
        % words,
        body=(
            _("%(name)s accepted your invitation and is now a member of the lab “%(lab)s”.\n")
            if has_joined
            else _(
                "%(name)s declined the invitation to the lab “%(lab)s”. The seat is free again.\n"
            )
        )
        % words
        + "\n"
        + _link("organizations:members", membership.organization_id)
        + "\n",
    )


def tell_removed(membership: Membership, *, by: User, was_active: bool) -> None:
    """Both sides learn that a membership ended, whoever ended it.

    A person who never joined gets at most one such letter a day, however often they are proposed
    and removed.
    """
    kind = "membership.removed"
    has_left = membership.user_id == by.pk
    words = {"name": membership.name, "lab": membership.organization.name}
    sentence = (
        _("%(name)s left the lab “%(lab)s”.")
        if has_left
        else _("%(name)s was removed from the lab “%(lab)s”.")
    )
    effect = _(
        "The person's API clients, tokens and runs in this lab ended with it. Their account and "
        "their seats in other labs stay."
    )
    addresses = [membership.organization.principal.email]
    if was_active or not _was_told_lately(kind, membership.email):
        addresses.append(membership.email)
    for address in addresses:
        post_message(
            kind=kind,
            to=address,
            subject=_("%(name)s is no longer in “%(lab)s”") % words,
            body="\n\n".join([sentence % words, *([effect] if was_active else [])]) + "\n",
        )


def _was_told_lately(kind: str, address: str) -> bool:
    lately = now() - _TELL_AGAIN_AFTER
    return Message.objects.filter(kind=kind, to=address, created_at__gt=lately).exists()


def _link(name: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)

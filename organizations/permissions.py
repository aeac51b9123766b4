"""Who may do what with a lab. `check_…` raises a sentence, `can_…` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, Refused, allows

if TYPE_CHECKING:
    from organizations.models import Client, LabLink, Membership, Organization


def check_run_programme(organization: Organization, by: User) -> None:
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only an operator may do this."))


def check_lead(organization: Organization, by: User) -> None:
    """The principal researcher leads the lab."""
    if not organization.is_led_by(by):
        raise NotAllowed(_("Only the principal researcher of this lab may do this."))


def can_lead(organization: Organization, by: User) -> bool:
    return allows(check_lead, organization, by)


def check_has_access(organization: Organization) -> None:
    """Nobody joins a lab whose access has ended or rests; before it begins people may gather."""
    if not organization.has_access:
        check_is_open(organization)


def check_is_open(organization: Organization) -> None:
    """No key is made in a lab without access at this moment, begun and not ended."""
    organization.refresh_from_db(fields=["status", "starts_at", "ends_at"])
    if notice := organization.access_notice:
        raise Refused(_("%(notice)s This cannot be done now.") % {"notice": notice})


def check_close_organization(organization: Organization, by: User) -> None:
    if not by.has_ability(Ability.RUN_PROGRAMME):
        check_lead(organization, by)


def check_change_scope(organization: Organization, by: User) -> None:
    check_run_programme(organization, by)


def can_change_scope(organization: Organization, by: User) -> bool:
    return allows(check_change_scope, organization, by)


def check_link_labs(first: Organization, second: Organization, by: User) -> None:
    """Labs are linked by the decision on a linked application."""
    if not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only staff may link two labs."))
    if first.pk == second.pk:
        raise Refused(_("A lab cannot be linked with itself; choose the other lab."))


def check_end_link(link: LabLink, by: User) -> None:
    """Either principal researcher, or an operator."""
    is_led = any(lab.is_led_by(by) for lab in link.labs)
    if not is_led and not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(
            _("Only the principal researcher of one of the two labs or an operator may do this.")
        )


def can_end_link(link: LabLink, by: User) -> bool:
    return allows(check_end_link, link, by)


def check_clear_membership(membership: Membership, by: User) -> None:
    if not by.has_ability(Ability.REVIEW):
        raise NotAllowed(_("Only reviewers may clear a collaborator."))
    if membership.user_id == by.pk or membership.organization.has_member(by):
        raise NotAllowed(_("You belong to this lab, so somebody else has to decide this."))
    if not type(membership).objects.reviewable_by(by).filter(pk=membership.pk).exists():
        raise NotAllowed(
            _("Something ties you to this person or to the lab, so somebody else has to decide.")
        )


def can_clear_membership(membership: Membership, by: User) -> bool:
    return allows(check_clear_membership, membership, by)


def check_answer_invitation(membership: Membership, by: User) -> None:
    if membership.user_id != by.pk:
        raise NotAllowed(
            _(
                "This invitation is for another person. "
                "Sign in with the address that the invitation was sent to."
            )
        )


def check_remove_membership(membership: Membership, by: User) -> None:
    """The principal researcher removes, a member leaves, an operator may do both."""
    if membership.is_principal:
        raise NotAllowed(
            _("The principal researcher's seat cannot be emptied; it has to be handed over.")
        )
    if by.pk != membership.user_id and not by.has_ability(Ability.RUN_PROGRAMME):
        check_lead(membership.organization, by)


def can_remove_membership(membership: Membership, by: User) -> bool:
    return allows(check_remove_membership, membership, by)


def check_resend_invitation(membership: Membership, by: User) -> None:
    check_lead(membership.organization, by)


def can_resend_invitation(membership: Membership, by: User) -> bool:
    return allows(check_resend_invitation, membership, by)


def check_issue_client(membership: Membership, by: User | None) -> None:
    """Each member has clients of their own; nobody makes one for somebody else.

    None is whoever commands the installation, who hands the client to the member.
    """
    is_theirs = by is None or membership.user_id == by.pk
    if not (is_theirs and membership.is_active):
        raise NotAllowed(
            _("Only an active member may make an API client, and only for themselves.")
        )


def can_issue_client(membership: Membership, by: User) -> bool:
    return allows(check_issue_client, membership, by)


def check_revoke_client(client: Client, by: User) -> None:
    """A member revokes their own, the principal researcher any in the lab."""
    if client.membership.user_id != by.pk:
        check_lead(client.membership.organization, by)

"""Making a lab, and the rules it sets itself."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from institutions.models import Institution
from lib.errors import Refused
from organizations import emails
from organizations.actions.memberships import clear_membership
from organizations.actions.proposals import ProposedCollaborator, add_collaborator
from organizations.actions.scopes import end_of_access
from organizations.models import Membership, Organization, QueryRule
from organizations.permissions import check_lead
from organizations.states import MembershipStatus
from programmes.models import Programme
from programmes.scope import Scope


class NoSuchRule(Refused):
    """The rule is none of those that there are."""


@transaction.atomic
def create_organization(
    *,
    programme: Programme,
    institution: Institution,
    name: str,
    summary: str,
    principal: User,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    collaborators: Sequence[ProposedCollaborator],
    by: User,
    scope: Scope | None = None,
    conditions: str = "",
) -> Organization:
    """Let a lab in: the principal researcher in seat 0, the listed collaborators after them.

    Listed people were reviewed with the application. Those who have an account are cleared, each
    by name, and invited at once; the others are told to make one and are reviewed then.
    `scope` is what the decision approved; without one it is all that the programme gives. Its
    last day may shorten the access. `conditions` are told to every member.
    Refuses a list that names somebody twice, the principal, or more people than there are seats;
    and a scope wider than the programme.
    """
    approved = scope or Scope()
    approved.check_fits(programme)
    organization = Organization(
        programme=programme,
        institution=institution,
        name=name,
        summary=summary,
        conditions=conditions.strip(),
        starts_at=starts_at,
        ends_at=end_of_access(approved, starts_at=starts_at, ends_at=ends_at),
    )
    organization.keep_scope(approved)
    organization.save(force_insert=True)
    organization.refresh_from_db(fields=["created_at"])
    record(
        "organization.created",
        by=by,
        subject=organization,
        organization=organization.pk,
        details={"scope": approved.to_json()},
        text=organization.conditions,
    )
    _seat_principal(organization, principal, by=by)
    for proposed in collaborators:
        membership = add_collaborator(organization, proposed, by=by)
        if membership.status == MembershipStatus.UNDER_REVIEW:
            clear_membership(membership, by=by, comment=_("Reviewed with the application."))
    emails.tell_lab_is_open(organization, principal)
    return organization


def _seat_principal(organization: Organization, principal: User, *, by: User) -> Membership:
    membership = Membership.objects.create(
        organization=organization,
        seat=0,
        user=principal,
        email=principal.email,
        name=principal.name or principal.email,
        status=MembershipStatus.ACTIVE,
        is_cleared=True,
        joined_at=organization.created_at,
    )
    record(
        "membership.created",
        by=by,
        subject=membership,
        organization=organization.pk,
        details={"seat": 0, "user": str(principal.pk)},
    )
    return membership


@transaction.atomic
def set_query_rule(organization: Organization, rule: str, *, by: User) -> Organization:
    """Let the principal researcher say whether queries need their approval."""
    check_lead(organization, by)
    if rule not in QueryRule.values:
        raise NoSuchRule(_("Choose one of the rules that are listed."))
    before = organization.query_rule
    organization.query_rule = rule
    organization.save(update_fields=["query_rule"])
    record(
        "organization.query_rule_changed",
        by=by,
        subject=organization,
        organization=organization.pk,
        details={"from": before, "to": rule},
    )
    return organization

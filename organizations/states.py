"""The statuses of an Organization and of a Membership, and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from audit.status import Move, MoveTable, by_carrel_itself
from organizations import permissions


class OrganizationStatus(TextChoices):
    ACTIVE = "ACTIVE", _("Active")
    SUSPENDED = "SUSPENDED", _("Suspended")
    CLOSED = "CLOSED", _("Closed")


class MembershipStatus(TextChoices):
    """A seat is held from the proposal on, until one of the last three."""

    WAITING_FOR_ACCOUNT = "WAITING_FOR_ACCOUNT", _("Waiting for the person's account")
    UNDER_REVIEW = "UNDER_REVIEW", _("Under review")
    INVITED = "INVITED", _("Invited")
    ACTIVE = "ACTIVE", _("Active")
    REFUSED = "REFUSED", _("Not cleared")
    DECLINED = "DECLINED", _("Declined the invitation")
    REMOVED = "REMOVED", _("Removed")


SEATED = (
    MembershipStatus.WAITING_FOR_ACCOUNT,
    MembershipStatus.UNDER_REVIEW,
    MembershipStatus.INVITED,
    MembershipStatus.ACTIVE,
)

_O = OrganizationStatus
_M = MembershipStatus

ORGANIZATION_MOVES: MoveTable = {
    (_O.ACTIVE, _O.SUSPENDED): Move("organization.suspended", permissions.check_run_programme),
    (_O.SUSPENDED, _O.ACTIVE): Move("organization.resumed", permissions.check_run_programme),
    (_O.ACTIVE, _O.CLOSED): Move("organization.closed", permissions.check_close_organization),
    (_O.SUSPENDED, _O.CLOSED): Move("organization.closed", permissions.check_run_programme),
}

MEMBERSHIP_MOVES: MoveTable = {
    (_M.WAITING_FOR_ACCOUNT, _M.UNDER_REVIEW): Move("membership.matched", by_carrel_itself),
    (_M.UNDER_REVIEW, _M.INVITED): Move("membership.cleared", permissions.check_clear_membership),
    (_M.UNDER_REVIEW, _M.REFUSED): Move("membership.refused", permissions.check_clear_membership),
    (_M.INVITED, _M.ACTIVE): Move("membership.accepted", permissions.check_answer_invitation),
    (_M.INVITED, _M.DECLINED): Move("membership.declined", permissions.check_answer_invitation),
    (_M.WAITING_FOR_ACCOUNT, _M.REMOVED): Move(
        "membership.removed", permissions.check_remove_membership
    ),
    (_M.UNDER_REVIEW, _M.REMOVED): Move("membership.removed", permissions.check_remove_membership),
    (_M.INVITED, _M.REMOVED): Move("membership.removed", permissions.check_remove_membership),
    (_M.ACTIVE, _M.REMOVED): Move("membership.removed", permissions.check_remove_membership),
}

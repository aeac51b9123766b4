"""Everything that writes here, by noun; import from this package."""

from organizations.actions.clients import issue_client, note_client_use, revoke_client
from organizations.actions.invitations import (
    InvitationClosed,
    ResentTooSoon,
    accept_invitation,
    decline_invitation,
    find_invited_membership,
    invitation_expires_at,
    resend_invitation,
)
from organizations.actions.links import end_link, link_labs
from organizations.actions.memberships import (
    clear_membership,
    refuse_membership,
    remove_membership,
)
from organizations.actions.organizations import NoSuchRule, create_organization, set_query_rule
from organizations.actions.proposals import (
    AlreadySeated,
    ProposedCollaborator,
    SeatsFull,
    match_account,
    match_accounts,
    propose_collaborator,
)
from organizations.actions.scopes import change_scope
from organizations.actions.tokens import (
    TOKEN_SECONDS,
    InvalidClient,
    authenticate_token,
    forget_tokens,
    issue_token,
)
from organizations.actions.viewing import note_viewing

__all__ = [
    "TOKEN_SECONDS",
    "AlreadySeated",
    "InvalidClient",
    "InvitationClosed",
    "NoSuchRule",
    "ProposedCollaborator",
    "ResentTooSoon",
    "SeatsFull",
    "accept_invitation",
    "authenticate_token",
    "change_scope",
    "clear_membership",
    "create_organization",
    "decline_invitation",
    "end_link",
    "find_invited_membership",
    "forget_tokens",
    "invitation_expires_at",
    "issue_client",
    "issue_token",
    "link_labs",
    "match_account",
    "match_accounts",
    "note_client_use",
    "note_viewing",
    "propose_collaborator",
    "refuse_membership",
    "remove_membership",
    "resend_invitation",
    "revoke_client",
    "set_query_rule",
]

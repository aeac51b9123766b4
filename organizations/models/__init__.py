"""The lab that was let in, its ten seats, the keys of its members, and the labs beside it."""

from organizations.models.clients import Client, Token, use_is_stale
from organizations.models.invitations import Invitation
from organizations.models.labs import Membership, Organization, QueryRule
from organizations.models.links import LabLink

__all__ = [
    "Client",
    "Invitation",
    "LabLink",
    "Membership",
    "Organization",
    "QueryRule",
    "Token",
    "use_is_stale",
]

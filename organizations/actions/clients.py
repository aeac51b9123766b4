"""API clients: a key and a secret of one member."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import Now
from organizations.models import Client, Membership, use_is_stale
from organizations.permissions import (
    check_is_open,
    check_issue_client,
    check_revoke_client,
)


@transaction.atomic
def issue_client(membership: Membership, *, by: User | None, name: str = "") -> tuple[Client, str]:
    """A new client and its secret, which is shown this once and kept hashed.

    `by` is the member; None stands for the command line of the installation. Refuses a membership
    that is not active and a lab without access at this moment.
    """
    check_issue_client(membership, by)
    check_is_open(membership.organization)
    secret = new_secret(30)
    client = Client.objects.create(
        membership=membership,
        name=name.strip(),
        client_key="cr" + secrets.token_hex(8),
        secret_hash=hash_secret(secret),
    )
    _record("client.issued", client, by)
    return client, secret


@transaction.atomic
def revoke_client(client: Client, *, by: User) -> Client:
    """End a client for good; its tokens are refused from the next request on."""
    check_revoke_client(client, by)
    if not Client.objects.filter(pk=client.pk, revoked_at=None).update(revoked_at=Now()):
        raise Refused(_("This client was revoked before."))
    client.refresh_from_db(fields=["revoked_at"])
    _record("client.revoked", client, by)
    return client


def note_client_use(client: Client) -> None:
    """Keep when a client was last of use, at most once a minute.

    Called when a request was served: a refused one writes nothing. A client that
    `authenticate_token` read knows already whether there is something to write.
    """
    if getattr(client, "is_use_stale", True):
        Client.objects.filter(use_is_stale(), pk=client.pk).update(last_used_at=Now())


def _record(event: str, client: Client, by: User | None) -> None:
    record(
        event,
        by=by,
        subject=client,
        organization=client.membership.organization_id,
        details={"membership": str(client.membership_id)},
    )

"""Two-hour tokens: what the wire API asks for and checks at every request."""

import datetime as dt
import hmac
from functools import cache
from typing import Any

from django.db.models import F, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import Now, now
from organizations.actions.clients import note_client_use
from organizations.models import Client, Token

TOKEN_SECONDS = 7_200
TOKEN_PREFIX = "clt."  # noqa: S105  (how every token begins on the wire, no secret)

_HASH_OF_NOTHING = "0" * 64


class InvalidClient(Refused):
    """No such key, or not its secret: nobody learns which."""

    http_status = 401


def issue_token(client_key: str, client_secret: str) -> tuple[Token, str]:
    """A token for a client whose member and lab are active; older tokens stay valid."""
    client = Client.objects.usable().filter(client_key=_storable(client_key)).first()
    stored_hash = client.secret_hash if client else _HASH_OF_NOTHING
    is_right = hmac.compare_digest(stored_hash, hash_secret(_storable(client_secret)))
    if client is None or not is_right:
        raise InvalidClient(_("The client key or the client secret is wrong."))
    secret = TOKEN_PREFIX + new_secret()
    token = Token.objects.create(
        client=client,
        secret_hash=hash_secret(secret),
        expires_at=now() + dt.timedelta(seconds=TOKEN_SECONDS),
    )
    note_client_use(client)
    return token, secret


def authenticate_token(secret: str) -> Client | None:
    """The client that a token speaks for, in one SELECT that asks everything that can end it.

    Member, account, lab and its dates are read each time and nothing is cached, so whoever is
    removed is refused at the next request. The client comes with its `organization_id`
    and with the scope of its lab.
    """
    statement, parameters = _authentication()
    stored_hash = hash_secret(_storable(secret))
    given = [stored_hash if one is _STORED_HASH else one for one in parameters]
    return next(iter(Client.objects.raw(statement, given)), None)


_STORED_HASH = object()


@cache
def _authentication() -> tuple[str, tuple[Any, ...]]:
    """The SELECT, compiled once: that takes ten times as long as PostgreSQL takes to answer it,
    and every request of every script asks it. `_STORED_HASH` stands where the hash goes."""
    wanted = (
        Client.objects.usable()
        .with_stale_use()
        .filter(
            tokens__secret_hash=RawSQL("%s", [_STORED_HASH]),
            tokens__expires_at__gt=Now(),
        )
    )
    lab = F("membership__organization_id")
    scope = Cast("membership__organization__scope", TextField())
    labelled = wanted.annotate(organization_id=lab, stored_scope=scope)  # type: ignore[no-redef]
    return labelled.query.sql_with_params()


def _storable(text: str) -> str:
    """A text that the database can compare: NUL and lone surrogates match nothing of ours."""
    return text.replace("\0", "?").encode(errors="replace").decode()


def forget_tokens() -> int:
    """Delete what has expired; answers how many."""
    return Token.objects.filter(expires_at__lte=Now()).delete()[0]

"""`/v2/oauth/token/`: a key and a secret for a token of two hours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from organizations.actions import TOKEN_SECONDS, InvalidClient, issue_token
from research_api import errors
from research_api.answers import flat_refusal, json_answer
from research_api.bodies import UnreadableBody, read_body
from research_api.edge import endpoint

_GRANT_TYPE = "client_credentials"


@endpoint(refuse=flat_refusal)
def token(request: HttpRequest, log_id: str) -> HttpResponse:
    """A new token beside those that live; on success there is no key named `error`."""
    given = _read_parameters(request)
    if given["grant_type"] != _GRANT_TYPE:
        raise errors.unsupported_grant_type()
    try:
        _token, secret = issue_token(given["client_key"], given["client_secret"])
    except InvalidClient as refusal:
        raise errors.invalid_client() from refusal
    return json_answer(
        {"access_token": secret, "expires_in": TOKEN_SECONDS, "token_type": "Bearer"}
    )


def _read_parameters(request: HttpRequest) -> dict[str, str]:
    try:
        body: dict[str, Any] = read_body(request)
    except UnreadableBody as refusal:
        raise errors.invalid_request(str(refusal)) from refusal
    for name in ("client_key", "client_secret", "grant_type"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise errors.invalid_request(_("%(name)s is missing.") % {"name": name})
    return body

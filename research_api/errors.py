"""What the wire says no with: each refusal with its status, code and message.

Clients match on codes and on some messages, so those texts are part of the wire format: they are
never reworded and never translated.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

_UNAUTHORIZED = {"WWW-Authenticate": "Bearer"}


class WireError(Exception):
    """An answer other than 200; the edge turns it into JSON."""

    def __init__(
        self, http_status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.code = code
        self.message = message
        self.headers = headers or {}


def invalid_params(message: str) -> WireError:
    return WireError(400, "invalid_params", message)


def invalid_search_id(search_id: str) -> WireError:
    """The same for a search that never was, that expired, and that is another's."""
    return invalid_params(f"Search Id {search_id} is invalid or expired")


def invalid_cursor() -> WireError:
    return invalid_params("Invalid count or cursor")


def access_token_invalid() -> WireError:
    message = (
        "The access token is invalid or not found in the request. "
        "Please refresh the token and retry."
    )
    return WireError(401, "access_token_invalid", message, _UNAUTHORIZED)


def invalid_client() -> WireError:
    message = "Client key or secret is incorrect."
    return WireError(401, "invalid_client", message, _UNAUTHORIZED)


def invalid_request(message: str) -> WireError:
    return WireError(400, "invalid_request", message)


def unsupported_grant_type() -> WireError:
    message = _("grant_type must be client_credentials.")
    return WireError(400, "unsupported_grant_type", message)


def scope_permission_missed(message: str) -> WireError:
    """Part of what is asked is not approved; asking for less helps, a new token does not."""
    return WireError(400, "scope_permission_missed", message)


def scope_not_authorized(message: str) -> WireError:
    """Nothing behind this address is approved."""
    return WireError(401, "scope_not_authorized", message, _UNAUTHORIZED)


def daily_quota_limit_exceeded(retry_after_seconds: int) -> WireError:
    message = _("The lab has used up its quota of today. It starts anew at 00:00 UTC.")
    return _too_many("daily_quota_limit_exceeded", message, retry_after_seconds)


def rate_limit_exceeded(retry_after_seconds: int) -> WireError:
    message = "The API rate limit was exceeded. Please try again later."
    return _too_many("rate_limit_exceeded", message, retry_after_seconds)


def method_not_allowed() -> WireError:
    message = _("Use POST: every address of this API answers POST alone.")
    return WireError(405, "invalid_request", message, {"Allow": "POST"})


def not_found() -> WireError:
    message = _(
        "There is nothing at this address. This API serves /v2/oauth/token/ and "
        "/v2/research/video/query/, with the slash at the end."
    )
    return WireError(404, "invalid_request", message)


def internal_error() -> WireError:
    message = "Something went wrong. Please try again later."
    return WireError(500, "internal_error", message)


def _too_many(code: str, message: str, retry_after_seconds: int) -> WireError:
    return WireError(429, code, message, {"Retry-After": str(retry_after_seconds)})

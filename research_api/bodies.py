"""Reading a request's body. What clients call it (its Content-Type) says little about it."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _

MOST_BYTES = 256 * 1024
_MOST_FORM_FIELDS = 50


class UnreadableBody(ValueError):
    """The body is too long, or neither a JSON object nor a form."""


def read_body(request: HttpRequest) -> dict[str, Any]:
    """The parameters in the body: those of a JSON object, or texts of a form.

    JSON comes under any label (clients send text/plain, and curl labels everything a form), so
    what looks like JSON is JSON. In a real form the query is JSON text.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        problem = _("The body is too long: at most %(most)d bytes are read.")
        raise UnreadableBody(problem % {"most": MOST_BYTES})
    body = request.body.strip()
    if body[:1] not in (b"{", b"[") and b"=" in body:
        return _read_form(body)
    found = decode_json(body)
    if not isinstance(found, dict):
        raise UnreadableBody(_("The body must be a JSON object."))
    return found


def decode_json(text: bytes | str) -> Any:
    """Strict JSON. What is nested too deeply, or a number too large to be meant, is refused."""
    try:
        return msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableBody(_("The body is not valid JSON.")) from error


def _read_form(body: bytes) -> dict[str, Any]:
    try:
        pairs = parse_qsl(body.decode(), True, errors="strict", max_num_fields=_MOST_FORM_FIELDS)
    except ValueError as error:
        raise UnreadableBody(_("The body is neither JSON nor a valid form.")) from error
    form: dict[str, Any] = dict(pairs)
    if "query" in form:
        form["query"] = decode_json(form["query"])
    return form

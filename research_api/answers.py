"""The two shapes of an answer: the envelope of /v2/research/, and the flat one of the token."""

import datetime as dt
import secrets
from typing import Any

import msgspec
from django.http import HttpResponse

from research_api.errors import WireError

_encode = msgspec.json.Encoder().encode


def new_log_id() -> str:
    """34 letters: the second in UTC, then 80 random bits.

    Every answer carries one, and a charge has it as its key, so that support finds the request.
    """
    return f"{dt.datetime.now(dt.UTC):%Y%m%d%H%M%S}{secrets.token_hex(10).upper()}"


def json_answer(content: Any, status: int = 200) -> HttpResponse:
    answer = HttpResponse(_encode(content), "application/json", status)
    answer["Cache-Control"] = "no-store"
    return answer


def data_answer(data: Any, log_id: str) -> HttpResponse:
    return json_answer({"data": data, "error": {"code": "ok", "message": "", "log_id": log_id}})


def enveloped_refusal(error: WireError, log_id: str) -> HttpResponse:
    told = {"code": error.code, "message": error.message, "log_id": log_id}
    return _refusal(error, {"data": {}, "error": told})


def flat_refusal(error: WireError, log_id: str) -> HttpResponse:
    """How the token endpoint refuses."""
    told = {"error": error.code, "error_description": error.message, "log_id": log_id}
    return _refusal(error, told)


def _refusal(error: WireError, content: dict[str, Any]) -> HttpResponse:
    answer = json_answer(content, error.http_status)
    for name, value in error.headers.items():
        answer[name] = value
    return answer

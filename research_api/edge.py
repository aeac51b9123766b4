"""The edge of the wire: whatever happens behind it, a client gets JSON in the wire's shape."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from lib.errors import Refused
from research_api import errors
from research_api.answers import enveloped_refusal, new_log_id

Endpoint = Callable[[HttpRequest, str], HttpResponse]
Refusal = Callable[[errors.WireError, str], HttpResponse]

logger = structlog.get_logger(__name__)


def endpoint(
    *, refuse: Refusal = enveloped_refusal, takes_any_method: bool = False
) -> Callable[[Endpoint], Any]:
    """Make a view of a function that takes the request and its log_id and answers POST.

    Scripts have no session and send no cookie, so the check against forged requests of browsers
    has nothing to protect here.
    """

    def decorate(function: Endpoint) -> Any:
        @csrf_exempt
        @wraps(function)
        def view(request: HttpRequest, **_parts: str) -> HttpResponse:
            log_id = new_log_id()
            try:
                if request.method != "POST" and not takes_any_method:
                    raise errors.method_not_allowed()
                return _answer(function, request, log_id)
            except errors.WireError as error:
                return refuse(error, log_id)
            except Exception:
                # A client that reads no JSON here would retry in a loop or crash.
                logger.exception("research_api.failed", log_id=log_id)
                return refuse(errors.internal_error(), log_id)

        return view

    return decorate


def _answer(function: Endpoint, request: HttpRequest, log_id: str) -> HttpResponse:
    try:
        return function(request, log_id)
    except Refused as refusal:
        raise errors.invalid_params(refusal.sentence) from refusal
    except SuspiciousOperation as refusal:
        raise errors.invalid_params(str(refusal)) from refusal

"""Turning a refusal into a page, the only place that does; and sign-in in one transaction."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lib.errors import Refused


class RefusalMiddleware:
    """Answers 403 or 409 with the refusal's sentence; any other exception stays a bug.

    An address that only takes what a form sends says so to whoever opens it in a browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return self._say_that_it_is_no_page(request, response)
        return response

    def _say_that_it_is_no_page(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        sentence = _(
            "This address is no page: it only takes what a form sends. "
            "Go back to the page with the form to see where things stand."
        )
        page = render(request, "refused.html", {"sentence": sentence}, status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused):
            return None
        context = {"sentence": problem.sentence}
        return render(request, "refused.html", context, status=problem.http_status)


class SignInMiddleware:
    """What a sign-in page changes and the mail that tells of it are written together or not at
    all; allauth by itself commits each on its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not (match.url_name or "").startswith("account_"):
            return None
        return transaction.atomic(view)(request, *args, **kwargs)

"""Turning a refusal into a page: the only place that does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lib.errors import Refused


class RefusalMiddleware:
    """Answers 403 or 409 with the refusal's sentence; any other exception stays a bug."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused):
            return None
        context = {"sentence": problem.sentence}
        return render(request, "refused.html", context, status=problem.http_status)

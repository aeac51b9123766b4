"""What was typed while the sign-in had run out, kept until the person is back."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from applications.models import Application

_KEY = "unsaved_sections"
_MOST_CHARACTERS = 200_000
_MOST_PAGES = 10

View = Callable[..., HttpResponse]


def keeps_what_was_typed(view: View) -> View:
    """Around `login_required`: whoever is no longer signed in loses nothing by sending the form."""

    @wraps(view)
    def guarded(
        request: HttpRequest, application_id: uuid.UUID, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            _keep(request, application_id)
            if request.htmx:  # type: ignore[attr-defined]
                return as_part(render(request, "applications/parts/signed_out.html", status=401))
        return view(request, application_id, *args, **kwargs)

    return guarded


def as_part(response: HttpResponse) -> HttpResponse:
    """Mark a refusal that the script on the page may show in place."""
    response["Carrel-Part"] = "yes"
    return response


def _keep(request: HttpRequest, application_id: uuid.UUID) -> None:
    """Only for an application that exists, so that strangers cannot fill the store."""
    sent = request.POST.urlencode()
    kept = request.session.get(_KEY, {})
    is_small = len(sent) <= _MOST_CHARACTERS and len({*kept, request.path}) <= _MOST_PAGES
    if is_small and Application.objects.filter(pk=application_id).exists():
        request.session[_KEY] = {**kept, request.path: sent}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was sent from this page while nobody was signed in."""
    sent = request.session.get(_KEY, {}).get(request.path)
    return QueryDict(sent) if sent else None


def forget_typed(request: HttpRequest) -> None:
    kept = request.session.get(_KEY, {})
    if request.path in kept:
        request.session[_KEY] = {path: sent for path, sent in kept.items() if path != request.path}

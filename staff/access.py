"""The door of the back office: who does not review finds nothing behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse

from accounts.requests import SignedInRequest
from accounts.roles import Ability

View = Callable[..., HttpResponse]


def reviewers_only(view: View) -> View:
    """Ask for sign-in, then answer 404 to whoever may not review."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_ability(Ability.REVIEW):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)


def operators_only(view: View) -> View:
    """Ask for sign-in, then answer 404 to whoever does not run the programme."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_ability(Ability.RUN_PROGRAMME):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)

"""The same deed for several files at once: each is done or refused for itself."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications import actions
from applications.models import Application
from lib.errors import Refused
from staff.access import reviewers_only
from staff.forms.arranging import BulkForm

_MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Outcome:
    """What became of one file; no sentence means that it was done."""

    application: Application
    title: str
    sentence: str = ""


@require_POST
@reviewers_only
def apply(request: SignedInRequest) -> HttpResponse:
    """Do one thing to each file that is ticked; a summary says which were done and why others not.

    Files that the person may not judge are left out as if they did not exist.
    """
    form, chosen = BulkForm(request.POST), _chosen(request)
    if not form.is_valid() or not chosen:
        problems = [str(sentence) for errors in form.errors.values() for sentence in errors]
        messages.error(request, " ".join(problems) or _("Tick the applications first."))
        return redirect("staff:applications")
    deed = _deed(form.cleaned_data)
    outcomes = [_try(deed, application, request) for application in chosen]
    refused = [each for each in outcomes if each.sentence]
    context = {
        "staff_tab": "applications",
        "done": [each for each in outcomes if not each.sentence],
        "refused": refused,
    }
    return render(request, "staff/bulk.html", context)


def _chosen(request: SignedInRequest) -> list[Application]:
    ids = set()
    for text in request.POST.getlist("file")[:_MOST_AT_ONCE]:
        try:
            ids.add(uuid.UUID(text))
        except ValueError:
            continue
    found = Application.objects.reviewable_by(request.user).filter(pk__in=ids)
    return list(found.select_related("programme", "applicant", "institution", "owner"))


def _deed(given: dict[str, Any]) -> Callable[..., Any]:
    """The action with what the form says."""
    if given["deed"] == BulkForm.TAKE:
        return actions.take_review
    if given["deed"] == BulkForm.ASSIGN:
        return lambda application, by: actions.set_owner(application, to=given["to"], by=by)
    return lambda application, by: actions.extend_review(
        application, until=given["until"], reason=given["reason"], by=by
    )


def _try(deed: Callable[..., Any], application: Application, request: SignedInRequest) -> Outcome:
    title = application.title
    try:
        deed(application, by=request.user)
    except Refused as refusal:
        return Outcome(application, title, refusal.sentence)
    return Outcome(application, title)

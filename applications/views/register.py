"""The public register of approved uses, and the request to leave something out of it."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from applications.actions import request_redaction
from applications.models.redactions import RegisterPart
from applications.register import approved_uses, as_json, page_of, read_entry
from applications.states import ApplicationStatus
from applications.views.standing import load_own
from lib.errors import Refused

_LONGEST_SEARCH = 200


class RedactionForm(forms.Form):
    """What shall be left out, and why."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What shall be left out?"),
        choices=RegisterPart.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Staff read this and decide; it is not public."),
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
    )


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Approved uses, the newest first, with a search."""
    search = request.GET.get("search", "")[:_LONGEST_SEARCH].strip()
    entries, before = page_of(search, _key(request))
    context = {"entries": entries, "before": before, "search": search}
    return render(request, "applications/register.html", context)


@require_safe
def register_json(request: HttpRequest) -> HttpResponse:
    """One page of the same; `before` is the key of the next one, null on the last."""
    search = request.GET.get("search", "")[:_LONGEST_SEARCH].strip()
    entries, before = page_of(search, _key(request))
    rows = [as_json(entry) for entry in entries]
    return JsonResponse({"entries": rows, "before": str(before) if before else None})


def _key(request: HttpRequest) -> uuid.UUID | None:
    """Where to go on; what is no key begins anew."""
    try:
        return uuid.UUID(request.GET.get("before", ""))
    except ValueError:
        return None


@require_safe
def register_entry(request: HttpRequest, lab: uuid.UUID) -> HttpResponse:
    application = get_object_or_404(approved_uses(), organization=lab)
    context = {"entry": read_entry(application)}
    return render(request, "applications/register_entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def redaction(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """How one's own use stands in the register, what was asked, and the form that asks."""
    application = load_own(request, application_id)
    if application.status != ApplicationStatus.APPROVED:
        raise Refused(_("Only approved applications stand in the register."))
    form = RedactionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request_redaction(application, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your request is with the operators."))
        return redirect("applications:redaction", application.pk)
    context = {
        "application": application,
        "entry": read_entry(application),
        "redactions": application.redactions.all(),
        "is_waiting": application.redactions.open().exists(),
        "form": form,
    }
    return render(request, "applications/register_redaction.html", context)

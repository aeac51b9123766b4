"""Requests to leave something out of the public register, for operators to decide."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from applications.actions import decide_redaction
from applications.models.redactions import Redaction
from staff.access import operators_only

_DECIDED_SHOWN = 20


class DecisionForm(forms.Form):
    """What becomes of one request, and why."""

    is_granted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Leave it out")), ("no", gettext_lazy("It stays"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Why, for the principal researcher"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )


@require_safe
@operators_only
def redactions(request: SignedInRequest) -> HttpResponse:
    """Those that wait, the oldest first, and the last decided ones."""
    return _page(request)


@require_POST
@operators_only
def decide(request: SignedInRequest, redaction_id: uuid.UUID) -> HttpResponse:
    redaction = get_object_or_404(Redaction.objects.visible_to(request.user), pk=redaction_id)
    form = DecisionForm(request.POST, prefix=str(redaction.pk))
    if not form.is_valid():
        return _page(request, sent={redaction.pk: form})
    decide_redaction(redaction, by=request.user, **form.cleaned_data)
    messages.success(request, _("Decided: the register follows at once."))
    return redirect("staff:redactions")


def _page(
    request: SignedInRequest, *, sent: dict[uuid.UUID, DecisionForm] | None = None
) -> HttpResponse:
    seen = Redaction.objects.visible_to(request.user).select_related("application", "decided_by")
    waiting = [
        (each, (sent or {}).get(each.pk) or DecisionForm(prefix=str(each.pk)))
        for each in seen.open().order_by("id")
    ]
    context = {
        "staff_tab": "redactions",
        "waiting": waiting,
        "decided": seen.filter(decided_at__isnull=False).order_by("-decided_at")[:_DECIDED_SHOWN],
    }
    return render(request, "staff/redactions.html", context)

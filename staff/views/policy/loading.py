"""What the pages of the policy share: the door, the programme, and a refused change."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.requests import SignedInRequest
from lib.errors import Refused
from programmes.actions import PolicyMoved
from programmes.models import Programme
from staff.policy_forms import PolicyForm

_TABS = {
    "terms": "terms",
    "reasons": "reasons",
    "reason": "reasons",
    "waiting": "waiting",
    "history": "history",
}


def load_programme(programme_id: uuid.UUID) -> Programme:
    """Operators, who alone come here, see every programme."""
    return get_object_or_404(Programme.objects.all(), pk=programme_id)


def show(
    request: SignedInRequest, programme: Programme | None, template: str, **context: Any
) -> HttpResponse:
    tab = _TABS.get(template, "overview")
    shared = {"staff_tab": "policy", "policy_tab": tab, "programme": programme}
    return render(request, f"staff/policy/{template}.html", {**shared, **context})


def note_refusal(form: PolicyForm, refusal: Refused) -> None:
    """Say the refusal in the form; after somebody else's change it shows the policy as it is."""
    form.add_error(None, refusal.sentence)
    form.programme.refresh_from_db()
    if isinstance(refusal, PolicyMoved):
        form.renew_revision()

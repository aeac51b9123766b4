"""Changing the settings of one section: looked at before it is saved."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from lib.errors import Refused
from programmes.models import Programme
from programmes.settings import section_of
from staff.access import operators_only
from staff.policy_due_dates import change_policy_and_dates
from staff.policy_forms import SectionForm
from staff.policy_preview import effects_of
from staff.policy_reading import both_in_words, label_of, section_in_words
from staff.views.policy.loading import load_programme, note_refusal, show


@require_http_methods(["GET", "POST"])
@operators_only
def section(request: SignedInRequest, programme_id: uuid.UUID, policy_section: str) -> HttpResponse:
    """The form; then whom the change would affect; then, of exactly that change, the deed."""
    programme, here = load_programme(programme_id), section_of(policy_section)
    if here is None:
        raise Http404
    form = SectionForm(here, programme, request.POST or None)
    if form.is_valid():
        if not form.changes:
            form.add_error(None, _("Nothing would change."))
        elif request.POST.get("save") == form.digest():
            if _save(request, form):
                return redirect("staff:policy_programme", programme.pk)
        else:
            return _show(request, programme, form, is_preview=True)
    return _show(request, programme, form, is_preview=False)


def _save(request: SignedInRequest, form: SectionForm) -> bool:
    try:
        change_policy_and_dates(form.programme, changes=form.changes, by=request.user, **form.why())
    except Refused as refusal:
        note_refusal(form, refusal)
        return False
    messages.success(request, _("The policy is changed. Decisions made before stay as they are."))
    return True


def _show(
    request: SignedInRequest, programme: Programme, form: SectionForm, *, is_preview: bool
) -> HttpResponse:
    changes = form.changes if is_preview else {}
    return show(
        request,
        programme,
        "section",
        form=form,
        section=form.section,
        present=section_in_words(programme, form.section),
        is_preview=is_preview,
        changes=[_compared(programme, name, value) for name, value in changes.items()],
        effects=effects_of(programme, changes, by=request.user),
        digest=form.digest() if is_preview else "",
    )


def _compared(programme: Programme, name: str, value: Any) -> tuple[str, str, str]:
    return label_of(name), *both_in_words(name, getattr(programme, name), value, programme)

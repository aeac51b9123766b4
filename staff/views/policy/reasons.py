"""The reasons that staff may give: added, worded, ordered, retired, restored."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from lib.errors import Refused
from programmes.actions import (
    add_reason_code,
    change_reason_code,
    order_reason_codes,
    restore_reason_code,
    retire_reason_code,
)
from programmes.models import Programme, ReasonCode, ReasonOutcome
from staff.access import operators_only
from staff.policy_forms import PolicyForm, ReasonForm
from staff.views.policy.loading import load_programme, note_refusal, show


@require_safe
@operators_only
def reasons(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    programme = load_programme(programme_id)
    lists = [
        (outcome, list(ReasonCode.objects.in_use(programme, outcome))) for outcome in ReasonOutcome
    ]
    retired = programme.reason_codes.filter(retired_at__isnull=False)
    return show(request, programme, "reasons", lists=lists, retired=retired)


@require_http_methods(["GET", "POST"])
@operators_only
def add(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    programme = load_programme(programme_id)
    form = ReasonForm(None, programme, request.POST or None)
    if form.is_valid():
        try:
            add_reason_code(
                programme,
                code=form.cleaned_data["code"],
                outcome=form.cleaned_data["outcome"],
                **form.texts(),
                by=request.user,
                **form.why(),
            )
        except Refused as refusal:
            note_refusal(form, refusal)
        else:
            messages.success(request, _("The reason can be chosen from now on."))
            return redirect("staff:policy_reasons", programme.pk)
    return show(request, programme, "reason", form=form)


@require_http_methods(["GET", "POST"])
@operators_only
def reason(request: SignedInRequest, programme_id: uuid.UUID, reason_id: uuid.UUID) -> HttpResponse:
    programme, row = _load(programme_id, reason_id)
    form = ReasonForm(row, programme, request.POST or None)
    if form.is_valid():
        try:
            change_reason_code(row, **form.texts(), by=request.user, **form.why())
        except Refused as refusal:
            note_refusal(form, refusal)
        else:
            messages.success(request, _("The reason is worded anew."))
            return redirect("staff:policy_reasons", programme.pk)
    return _show_reason(request, programme, row, form=form)


@require_POST
@operators_only
def retire(request: SignedInRequest, programme_id: uuid.UUID, reason_id: uuid.UUID) -> HttpResponse:
    """Retire a reason, or restore a retired one."""
    programme, row = _load(programme_id, reason_id)
    form = PolicyForm(programme, request.POST, prefix="retire")
    act = restore_reason_code if row.is_retired else retire_reason_code
    if form.is_valid():
        try:
            act(row, by=request.user, **form.why())
        except Refused as refusal:
            note_refusal(form, refusal)
        else:
            messages.success(request, _("The list of reasons is changed."))
            return redirect("staff:policy_reasons", programme.pk)
    return _show_reason(request, programme, row, retire_form=form)


@require_POST
@operators_only
def move(request: SignedInRequest, programme_id: uuid.UUID, reason_id: uuid.UUID) -> HttpResponse:
    """One place up in its list."""
    programme, row = _load(programme_id, reason_id)
    codes = [each.code for each in ReasonCode.objects.in_use(programme, row.outcome)]
    if row.code in codes[1:]:
        place = codes.index(row.code)
        codes[place - 1], codes[place] = codes[place], codes[place - 1]
    why = _("Ordered anew on the page of the reasons.")
    order_reason_codes(programme, outcome=row.outcome, codes=codes, by=request.user, reason=why)
    return redirect("staff:policy_reasons", programme.pk)


def _load(programme_id: uuid.UUID, reason_id: uuid.UUID) -> tuple[Programme, ReasonCode]:
    programme = load_programme(programme_id)
    rows = programme.reason_codes.select_related("programme")
    return programme, get_object_or_404(rows, pk=reason_id)


def _show_reason(
    request: SignedInRequest, programme: Programme, row: ReasonCode, **forms: Any
) -> HttpResponse:
    empty = {
        "form": ReasonForm(row, programme),
        "retire_form": PolicyForm(programme, prefix="retire"),
    }
    return show(request, programme, "reason", row=row, **{**empty, **forms})

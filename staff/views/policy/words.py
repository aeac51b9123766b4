"""The terms and the criteria: texts, with the difference shown before they are published."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from applications.states import EDITABLE
from lib.errors import Refused
from programmes.actions import change_criterion, publish_terms
from programmes.models import Programme, in_language
from staff.access import operators_only
from staff.policy_forms import CriterionForm, TermsForm
from staff.policy_reading import compare
from staff.views.policy.loading import load_programme, note_refusal, show


@require_http_methods(["GET", "POST"])
@operators_only
def terms(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """The versions, and a form for the next one; its difference is shown before it holds."""
    programme = load_programme(programme_id)
    form = TermsForm(programme, request.POST or None)
    preview: dict[str, Any] = {}
    if form.is_valid():
        if "publish" in request.POST:
            if _publish(request, form):
                return redirect("staff:policy_terms", programme.pk)
        else:
            preview = _preview(programme, form)
    return show(request, programme, "terms", form=form, versions=_versions(programme), **preview)


def _publish(request: SignedInRequest, form: TermsForm) -> bool:
    try:
        made = publish_terms(form.programme, body=form.body(), by=request.user, **form.why())
    except Refused as refusal:
        note_refusal(form, refusal)
        return False
    sentence = _("Version %(version)s holds from now on.") % {"version": made.version}
    messages.success(request, sentence)
    return True


def _preview(programme: Programme, form: TermsForm) -> dict[str, Any]:
    current = programme.terms.order_by("-version").first()
    before = current.text if current else ""
    editable = programme.applications.filter(status__in=EDITABLE)
    accepted = editable.filter(answers__terms_accepted=current.version) if current else editable
    return {
        "is_preview": True,
        "lines": compare(before, in_language(form.body())),
        "accepting_count": accepted.count(),
    }


def _versions(programme: Programme) -> list[dict[str, Any]]:
    """Each version with its difference from the one before, the newest first."""
    found, before = [], ""
    for each in programme.terms.order_by("version"):
        found.append({"terms": each, "lines": compare(before, each.text)})
        before = each.text
    return found[::-1]


@require_http_methods(["GET", "POST"])
@operators_only
def criterion(
    request: SignedInRequest, programme_id: uuid.UUID, criterion_code: str
) -> HttpResponse:
    """The words of one criterion."""
    programme = load_programme(programme_id)
    row = get_object_or_404(programme.criteria.select_related("programme"), code=criterion_code)
    form = CriterionForm(row, request.POST or None)
    if form.is_valid():
        try:
            change_criterion(row, texts=form.texts(), by=request.user, **form.why())
        except Refused as refusal:
            note_refusal(form, refusal)
        else:
            messages.success(request, _("The criterion is worded anew."))
            return redirect("staff:policy_programme", programme.pk)
    return show(request, programme, "criterion", form=form, criterion=row)

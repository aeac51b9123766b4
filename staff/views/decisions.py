"""Deciding about an application: each form of its page leads to one action."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications.actions import (
    approve_application,
    choose_institution,
    decline_application,
    request_changes,
)
from applications.models import Application
from applications.permissions import check_decide
from staff.access import reviewers_only
from staff.forms import ApproveForm, ChangesForm, DeclineForm, InstitutionForm
from staff.views.applications import load_submitted, show


@require_POST
@reviewers_only
def ask_for_changes(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = _load_to_decide(request, application_id)
    form = ChangesForm(request.POST, prefix="changes")
    if not form.is_valid():
        return show(request, application, changes_form=form)
    request_changes(application, by=request.user, comment=form.cleaned_data["comment"])
    return _done(request, application, _("The applicant was asked for changes."))


@require_POST
@reviewers_only
def approve(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = _load_to_decide(request, application_id)
    form = ApproveForm(application, request.POST, prefix="approve")
    if not form.is_valid():
        return show(request, application, approve_form=form)
    approve_application(
        application,
        by=request.user,
        comment=form.cleaned_data["comment"],
        cleared=list(form.cleaned_data.get("cleared", [])),
    )
    return _done(request, application, _("The application is approved and its lab is open."))


@require_POST
@reviewers_only
def decline(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = _load_to_decide(request, application_id)
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return show(request, application, decline_form=form)
    decline_application(application, by=request.user, **form.cleaned_data)
    return _done(request, application, _("The application is declined."))


@require_POST
@reviewers_only
def choose_registry_entry(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = _load_to_decide(request, application_id)
    form = InstitutionForm([], request.POST)
    if not form.is_valid():
        return show(request, application, institution_form=form)
    institution = form.cleaned_data["institution"]
    choose_institution(application, institution=institution, by=request.user)
    return _done(request, application, _("The registry entry is chosen."))


def _load_to_decide(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """Whoever may not decide, or comes too late, hears so before any form is looked at."""
    application = load_submitted(request, application_id)
    check_decide(application, request.user)
    return application


def _done(request: SignedInRequest, application: Application, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("staff:application", application.pk)

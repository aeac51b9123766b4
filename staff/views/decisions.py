"""What staff do with a file, but for reviews: each form of its page leads to one action."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications import actions
from applications.permissions import check_ask_for_changes
from staff import acts
from staff.access import reviewers_only
from staff.forms.registry import InstitutionForm
from staff.views.files import carry_out, load_file, show


@require_POST
@reviewers_only
def pass_screening(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The screening is passed; the reviewers were asked.")
    return carry_out(request, application_id, acts.PASS, actions.pass_screening, done)


@require_POST
@reviewers_only
def propose_refusal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The refusal is proposed; a second reviewer has to confirm it.")
    return carry_out(request, application_id, acts.PROPOSE_REFUSAL, actions.propose_refusal, done)


@require_POST
@reviewers_only
def confirm_refusal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The application is declined.")
    return carry_out(request, application_id, acts.CONFIRM_REFUSAL, actions.confirm_refusal, done)


@require_POST
@reviewers_only
def object_to_refusal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The application goes on to the independent reviews.")
    return carry_out(request, application_id, acts.OBJECT, actions.object_to_refusal, done)


@require_POST
@reviewers_only
def request_changes(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The applicant was asked for changes.")
    return carry_out(request, application_id, acts.ASK_FOR_CHANGES, actions.request_changes, done)


@require_POST
@reviewers_only
def approve(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The application is approved and its lab is open.")
    return carry_out(request, application_id, acts.APPROVE, actions.approve_application, done)


@require_POST
@reviewers_only
def decline(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The application is declined.")
    return carry_out(request, application_id, acts.DECLINE, actions.decline_application, done)


@require_POST
@reviewers_only
def overturn_refusal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The refusal is overturned and the lab is open.")
    return carry_out(request, application_id, acts.OVERTURN, actions.overturn_refusal, done)


@require_POST
@reviewers_only
def uphold_refusal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The refusal stands; the applicant is told.")
    return carry_out(request, application_id, acts.UPHOLD, actions.uphold_refusal, done)


@require_POST
@reviewers_only
def choose_registry_entry(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_file(request, application_id)
    check_ask_for_changes(application, request.user)
    form = InstitutionForm([], request.POST)
    if not form.is_valid():
        return show(request, application, institution_form=form)
    actions.choose_institution(
        application, institution=form.cleaned_data["institution"], by=request.user
    )
    messages.success(request, _("The registry entry is chosen."))
    return redirect("staff:application", application.pk)

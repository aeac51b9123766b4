"""Who leads and reviews a file and how long it takes, on a page of its own."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.models import Application
from lib.errors import Refused
from staff import acts
from staff.access import reviewers_only
from staff.acts import Offer, offers
from staff.views.files import carry_out, load_file


@require_safe
@reviewers_only
def arrange(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    return show_arranging(request, load_file(request, application_id))


def show_arranging(
    request: SignedInRequest,
    application: Application,
    *,
    sent: Offer | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The page with what the person may arrange; `sent` is a form that came back."""
    context = {
        "staff_tab": "applications",
        "application": application,
        "title": application.latest_version.answers.get("project_title", ""),
        "offers": list(offers(application, request.user, sent=sent, arranging=True)),
        "refusal": refusal,
    }
    status = refusal.http_status if refusal else 200
    return render(request, "staff/arranging.html", context, status=status)


@require_POST
@reviewers_only
def set_owner(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The file has a new lead.")
    return carry_out(
        request, application_id, acts.SET_OWNER, actions.set_owner, done, show_arranging
    )


@require_POST
@reviewers_only
def assign_reviewer(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The reviewer was asked.")
    return carry_out(
        request, application_id, acts.ASSIGN, actions.assign_reviewer, done, show_arranging
    )


@require_POST
@reviewers_only
def invite_external(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The reviewer from outside was asked.")
    return carry_out(
        request, application_id, acts.INVITE, actions.invite_external_reviewer, done, show_arranging
    )


@require_POST
@reviewers_only
def extend(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    done = _("The due date is extended and the applicant is told.")
    return carry_out(
        request, application_id, acts.EXTEND, actions.extend_review, done, show_arranging
    )


@require_POST
@reviewers_only
def step_back(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """The file may be closed to the person afterwards, so they land on the queue."""
    done = _("You stepped back; others were asked.")
    return carry_out(
        request,
        application_id,
        acts.STEP_BACK,
        actions.step_back,
        done,
        show_arranging,
        to="staff:applications",
    )

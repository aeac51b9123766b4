"""Where an application stands: the overview of a draft, then the way to the decision."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from applications.actions import (
    appeal_application,
    apply_again,
    follow_form,
    submit_application,
    withdraw_application,
)
from applications.attachments.answering import version_files
from applications.completeness import Missing, missing_in
from applications.conversations import count_unread
from applications.documents.links import document_links
from applications.evidence.rules import rules_of
from applications.former import former_words
from applications.forms import AppealForm
from applications.linked import neighbours_of
from applications.models import Application, ApplicationVersion, Attachment, form_of
from applications.permissions import (
    can_apply_again,
    can_edit,
    can_withdraw,
    check_appeal,
    check_withdraw,
)
from applications.questions import Section
from applications.reading import ReadSection, no_longer_asked, read_version
from applications.timeline import events_of, read_decisions, standing_of
from applications.timeline.standing import appeal_until


@require_safe
@login_required
def detail(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_own(request, application_id)
    if application.is_editable:
        application = follow_form(application, by=request.user)
    missing = missing_in(application) if application.is_editable else []
    context = {
        "application": application,
        "can_edit": can_edit(application, request.user),
        "can_withdraw": can_withdraw(application, request.user),
        "can_apply_again": can_apply_again(application, request.user),
        "former": former_words(application) if application.is_editable else None,
        "checklist": _checklist(application, missing),
        "no_longer_asked": no_longer_asked(application) if application.is_editable else [],
        "missing": missing,
        "rules": rules_of(application, missing),
        "standing": standing_of(application),
        "events": events_of(application),
        "decisions": read_decisions(application),
        "versions": _versions(application),
        "document_links": document_links(application),
        "neighbours": neighbours_of(application),
        "unread_count": count_unread(application, request.user),
    }
    return render(request, "applications/detail.html", context)


def _checklist(
    application: Application, missing: list[Missing]
) -> list[tuple[Section, list[Missing]]]:
    """Each section with what it lacks."""
    return [
        (section, [item for item in missing if item.section.key == section.key])
        for section in form_of(application).sections
    ]


def _versions(
    application: Application,
) -> list[tuple[ApplicationVersion, list[ReadSection], list[tuple[str, list[Attachment]]]]]:
    """Each version with its answers and its files."""
    return [
        (each, read_version(each), version_files(each))
        for each in application.versions.order_by("-number")
    ]


@require_POST
@login_required
def submit(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = submit_application(load_own(request, application_id), by=request.user)
    messages.success(request, _("Your application is submitted. A mail confirms it."))
    return redirect(application)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """A page that says what it means, and the button that does it."""
    application = load_own(request, application_id)
    if request.method == "POST":
        withdraw_application(application, by=request.user)
        messages.success(request, _("The application is withdrawn."))
        return redirect(application)
    check_withdraw(application, request.user)
    return render(request, "applications/withdraw.html", {"application": application})


@require_http_methods(["GET", "POST"])
@login_required
def appeal(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """Why the refusal is wrong, in the applicant's words; until when stands above."""
    application = load_own(request, application_id)
    check_appeal(application, request.user)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        appeal_application(application, text=form.cleaned_data["text"], by=request.user)
        sentence = _("Your appeal is with reviewers who had no part in the decision.")
        messages.success(request, sentence)
        return redirect(application)
    context = {
        "application": application,
        "form": form,
        "until": appeal_until(application),
        "decision": read_decisions(application)[0],
    }
    return render(request, "applications/appeal.html", context)


@require_POST
@login_required
def again(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """A new draft that begins with what this application had said."""
    application = apply_again(load_own(request, application_id), by=request.user)
    sentence = _("This is a new draft with what you had answered. Change it, and accept the terms.")
    messages.success(request, sentence)
    return redirect(application)


def load_own(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """These pages are the applicant's; staff have their own."""
    own = Application.objects.visible_to(request.user).filter(applicant=request.user)
    return get_object_or_404(
        own.select_related("programme", "owner", "organization", "predecessor"), pk=application_id
    )

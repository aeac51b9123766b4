"""Where an application stands: the overview of a draft, then the way to the decision."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from applications.actions import follow_form, submit_application, withdraw_application
from applications.attachments.answering import version_files
from applications.completeness import Missing, missing_in
from applications.documents.links import document_links
from applications.models import Application, ApplicationVersion, Attachment, form_of
from applications.permissions import can_edit, can_withdraw
from applications.questions import Section
from applications.reading import ReadSection, no_longer_asked, read_version
from reviews.models import Decision
from reviews.reasons import with_reason_texts


@require_safe
@login_required
def detail(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_own(request, application_id)
    if application.is_editable:
        application = follow_form(application, by=request.user)
    missing = missing_in(application) if application.is_editable else []
    decided = Decision.objects.about(application).filter(is_proposal=False).order_by("-id")
    decisions = list(with_reason_texts(decided, application.programme))
    context = {
        "application": application,
        "can_edit": can_edit(application, request.user),
        "can_withdraw": can_withdraw(application, request.user),
        "checklist": _checklist(application, missing),
        "no_longer_asked": no_longer_asked(application) if application.is_editable else [],
        "missing": missing,
        "decisions": decisions,
        "versions": _versions(application),
        "document_links": document_links(application),
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


@require_POST
@login_required
def withdraw(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = withdraw_application(load_own(request, application_id), by=request.user)
    messages.success(request, _("The application is withdrawn."))
    return redirect(application)


def load_own(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """These pages are the applicant's; staff have their own."""
    own = Application.objects.visible_to(request.user).filter(applicant=request.user)
    return get_object_or_404(own.select_related("programme"), pk=application_id)

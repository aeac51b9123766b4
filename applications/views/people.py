"""Listing the people of the lab, and taking them off the list."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from applications.actions import remove_collaborator
from applications.actions.team import ask_to_confirm, list_and_ask
from applications.forms import CollaboratorForm, SectionForm
from applications.models import Application, form_of
from applications.permissions import check_edit
from applications.questions import Kind, Section
from applications.views.standing import load_own
from applications.views.writing import show
from lib.errors import Refused


@require_POST
@login_required
def add(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """List one collaborator; a refusal stands beside what was typed."""
    application, here = _load(request, application_id)
    form = CollaboratorForm(request.POST)
    if form.is_valid() and _is_added(application, form, request):
        sentence = _("%(name)s is listed, and gets a letter to confirm it.")
        messages.success(request, sentence % {"name": form.cleaned_data["name"]})
        return redirect("applications:section", application.pk, here.key)
    fields = SectionForm(application, here)
    return show(request, application, here, fields, collaborator_form=form)


def _load(request: SignedInRequest, application_id: uuid.UUID) -> tuple[Application, Section]:
    """The application, and the section that asks for the people."""
    application = load_own(request, application_id)
    check_edit(application, request.user)
    for section in form_of(application).sections:
        if any(question.kind is Kind.PEOPLE for question in section.questions):
            return application, section
    raise Http404


def _is_added(application: Application, form: CollaboratorForm, request: SignedInRequest) -> bool:
    try:
        list_and_ask(application, by=request.user, **form.person())
    except Refused as refusal:
        form.add_error("email", refusal.sentence)
        return False
    return True


@require_POST
@login_required
def remove(
    request: SignedInRequest, application_id: uuid.UUID, collaborator_id: uuid.UUID
) -> HttpResponse:
    application, here = _load(request, application_id)
    person = get_object_or_404(application.collaborators, pk=collaborator_id)
    remove_collaborator(person, by=request.user)
    messages.success(request, _("%(name)s is no longer listed.") % {"name": person.name})
    return redirect("applications:section", application.pk, here.key)


@require_POST
@login_required
def ask_again(
    request: SignedInRequest, application_id: uuid.UUID, collaborator_id: uuid.UUID
) -> HttpResponse:
    """Write to somebody once more, to confirm what is said of them."""
    application, here = _load(request, application_id)
    person = get_object_or_404(application.collaborators, pk=collaborator_id)
    ask_to_confirm(person, by=request.user)
    messages.success(request, _("A letter is on its way to %(name)s.") % {"name": person.name})
    return redirect("applications:section", application.pk, here.key)

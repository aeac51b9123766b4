"""Filling in the form: one section a page, saved whatever is missing."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from applications.actions import (
    add_collaborator,
    remove_collaborator,
    save_section,
    start_application,
)
from applications.completeness import missing_in, unfit_in
from applications.forms import CollaboratorForm, SectionForm
from applications.models import Application
from applications.permissions import check_edit
from applications.questions import SECTIONS, Section, section_of
from applications.states import ApplicationStatus
from lib.errors import Refused
from programmes.models import Programme


@require_http_methods(["GET", "POST"])
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """What an application takes, and the button that opens one; an open draft goes on."""
    programme = Programme.objects.default()
    draft = Application.objects.filter(
        applicant=request.user, programme=programme, status=ApplicationStatus.DRAFT
    ).first()
    if draft is not None:
        return redirect(draft)
    if request.method == "POST":
        application = start_application(programme, by=request.user)
        return redirect("applications:section", application.pk, SECTIONS[0].key)
    context = {"programme": programme, "sections": SECTIONS}
    return render(request, "applications/start.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def section(request: SignedInRequest, application_id: uuid.UUID, section_key: str) -> HttpResponse:
    """One section. The page is saved as it is filled in, and by its buttons."""
    application, here = _load(request, application_id, section_key)
    if request.method == "POST":
        return _save(request, application, here)
    search = request.GET.get("search", "")
    form = SectionForm(application, here, search=search)
    return _show(request, application, here, form, search=search)


def _load(
    request: SignedInRequest, application_id: uuid.UUID, section_key: str
) -> tuple[Application, Section]:
    own = Application.objects.visible_to(request.user).filter(applicant=request.user)
    application = get_object_or_404(own, pk=application_id)
    here = section_of(section_key)
    if here is None:
        raise Http404
    check_edit(application, request.user)
    return application, here


def _save(request: SignedInRequest, application: Application, here: Section) -> HttpResponse:
    search = request.POST.get("search", "")
    form = SectionForm(application, here, request.POST, search=search)
    save_section(application, section=here, answers=form.answers(), by=request.user)
    if request.htmx:
        return _show_saved(request, application, here, form)
    if "find" in request.POST or form.errors:
        return _show(request, application, here, form, search=search)
    return _go_on(request, application, here)


def _show_saved(
    request: HttpRequest, application: Application, here: Section, form: SectionForm
) -> HttpResponse:
    context = {"application": application, "form": form, "unfit": unfit_in(application, here)}
    return render(request, "applications/parts/saved.html", context)


def _go_on(request: HttpRequest, application: Application, here: Section) -> HttpResponse:
    """To the page that the pressed button names; back while an answer does not fit."""
    following = _neighbour(here, +1)
    if unfit_in(application, here):
        sentence = _("Saved, but it cannot be submitted like this: see what to change below.")
        messages.warning(request, sentence)
        return redirect("applications:section", application.pk, here.key)
    if "next" in request.POST and following is not None:
        return redirect("applications:section", application.pk, following.key)
    if "stay" in request.POST:
        messages.success(request, _("Saved."))
        return redirect("applications:section", application.pk, here.key)
    return redirect(application)


def _neighbour(here: Section, step: int) -> Section | None:
    place = SECTIONS.index(here) + step
    return SECTIONS[place] if 0 <= place < len(SECTIONS) else None


def _show(
    request: HttpRequest,
    application: Application,
    here: Section,
    form: SectionForm,
    **more: Any,
) -> HttpResponse:
    context = {
        "application": application,
        "section": here,
        "sections": SECTIONS,
        "form": form,
        "is_kept_despite_errors": form.is_bound and bool(form.errors),
        "missing": [item for item in missing_in(application) if item.section == here],
        "unfit": unfit_in(application, here),
        "position": SECTIONS.index(here) + 1,
        "previous": _neighbour(here, -1),
        "following": _neighbour(here, +1),
        "collaborator_form": CollaboratorForm(),
        **more,
    }
    return render(request, f"applications/{_template(here)}.html", context)


def _template(here: Section) -> str:
    return "collaborators" if here.key == "collaborators" else "section"


@require_POST
@login_required
def add(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """List one collaborator; a refusal stands beside what was typed."""
    application, here = _load(request, application_id, "collaborators")
    form = CollaboratorForm(request.POST)
    if form.is_valid() and _is_added(application, form, request):
        messages.success(request, _("%(name)s is listed.") % {"name": form.cleaned_data["name"]})
        return redirect("applications:section", application.pk, here.key)
    empty = SectionForm(application, here)
    return _show(request, application, here, empty, collaborator_form=form)


def _is_added(application: Application, form: CollaboratorForm, request: SignedInRequest) -> bool:
    try:
        add_collaborator(application, by=request.user, **form.person())
    except Refused as refusal:
        form.add_error("email", refusal.sentence)
        return False
    return True


@require_POST
@login_required
def remove(
    request: SignedInRequest, application_id: uuid.UUID, collaborator_id: uuid.UUID
) -> HttpResponse:
    application, here = _load(request, application_id, "collaborators")
    person = get_object_or_404(application.collaborators, pk=collaborator_id)
    remove_collaborator(person, by=request.user)
    messages.success(request, _("%(name)s is no longer listed.") % {"name": person.name})
    return redirect("applications:section", application.pk, here.key)

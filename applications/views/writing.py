"""Filling in the form: one section a page, saved whatever is missing."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from applications.actions import StaleAnswers, follow_form, save_section, start_application
from applications.actions.carrying import carry_answers
from applications.attachments.answering import file_answers
from applications.completeness import missing_from, unfit_in
from applications.eligibility import carried_answers
from applications.former import former_words
from applications.forms import CollaboratorForm, SectionForm
from applications.models import Application, FormVersion, form_of
from applications.permissions import check_edit
from applications.questions import Kind, Section
from applications.questions.form import US_CODES
from applications.reading import register_entry
from applications.states import ApplicationStatus
from applications.tabs import Page, page_after, page_comparing, page_of, page_sent
from applications.views.asking import rows_of
from applications.views.unsaved import as_part, forget_typed, keeps_what_was_typed, typed_before
from programmes.models import Programme


@require_http_methods(["GET", "POST"])
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """What an application takes, and the button that opens one; an open draft goes on."""
    on_offer = list(Programme.objects.on_offer())
    programme = _programme_of(request, on_offer)
    draft = Application.objects.filter(
        applicant=request.user, programme=programme, status=ApplicationStatus.DRAFT
    ).first()
    if draft is not None:
        return redirect(draft)
    if request.method == "POST":
        application = start_application(programme, by=request.user)
        answers = carried_answers(request.GET)
        application = carry_answers(application, answers=answers, by=request.user)
        first = form_of(application).sections[0]
        return redirect("applications:section", application.pk, first.key)
    form = FormVersion.objects.in_force(programme).asked
    context = {"programme": programme, "sections": form.sections, "on_offer": on_offer}
    return render(request, "applications/start.html", context)


def _programme_of(request: HttpRequest, on_offer: list[Programme]) -> Programme:
    """The programme that the address names, else the first one on offer."""
    if not on_offer:
        raise Http404
    named = request.GET.get("programme")
    return next((each for each in on_offer if each.slug == named), on_offer[0])


@require_http_methods(["GET", "POST"])
@keeps_what_was_typed
@login_required
def section(request: SignedInRequest, application_id: uuid.UUID, section_key: str) -> HttpResponse:
    """One section. The page is saved as it is filled in, and by its buttons."""
    application, here = load_section(request, application_id, section_key)
    if request.method == "POST":
        return _save(request, application, here)
    search, typed = request.GET.get("search", ""), typed_before(request)
    fields = SectionForm(application, here, typed, search=search)
    page = page_sent(typed) if typed else None
    return show(
        request, application, here, fields, search=search, page=page, is_typed_before=bool(typed)
    )


def load_section(
    request: SignedInRequest, application_id: uuid.UUID, section_key: str
) -> tuple[Application, Section]:
    """A draft follows the newest form when a page of it is opened, never while one is sent."""
    own = Application.objects.visible_to(request.user).filter(applicant=request.user)
    application = get_object_or_404(own.select_related("programme"), pk=application_id)
    check_edit(application, request.user)
    if request.method == "GET":
        application = follow_form(application, by=request.user)
    here = form_of(application).section(section_key)
    if here is None:
        raise Http404
    return application, here


def _save(request: SignedInRequest, application: Application, here: Section) -> HttpResponse:
    search, page = request.POST.get("search", ""), page_sent(request.POST)
    here = _with_retired(application, here, page)
    fields = SectionForm(application, here, request.POST, search=search)
    given = _chosen(request, fields.answers(), page)
    stale = _save_what_is_fresh(request, application, here, given, page)
    forget_typed(request)
    saved = {key: value for key, value in given.items() if key not in stale}
    page = page_after(application, here, page, saved)
    if request.htmx:
        return _show_saved(request, application, here, fields, page, stale)
    if stale or "find" in request.POST or fields.errors:
        compared = page_comparing(page, application, stale)
        return show(request, application, here, fields, search=search, page=compared, stale=stale)
    return _go_on(request, application, here)


def _with_retired(application: Application, here: Section, page: Page | None) -> Section:
    """With questions that this page still showed though they were retired meanwhile.

    What was typed there is kept aside with the other answers that are no longer asked for.
    """
    asked = {question.key for question in form_of(application).questions}
    gone = set(page.shown) - asked if page else set()
    if not gone or application.form is None:
        return here
    retired = [each for each in application.form.content.questions if each.key in gone]
    return replace(here, questions=(*here.questions, *retired))


def _chosen(request: HttpRequest, given: dict[str, Any], page: Page | None) -> dict[str, Any]:
    """Without what the page did not show, and without what the person gave up for the other."""
    return {
        key: value
        for key, value in given.items()
        if (page is None or key in page.shown) and request.POST.get(f"keep_{key}") != "stored"
    }


def _save_what_is_fresh(
    request: SignedInRequest,
    application: Application,
    here: Section,
    given: dict[str, Any],
    page: Page | None,
) -> set[str]:
    """Save all but those answers that another tab changed too; tells which these are."""
    stale: set[str] = set()
    while True:
        fresh = {key: value for key, value in given.items() if key not in stale}
        try:
            save_section(application, section=here, answers=fresh, by=request.user, page=page)
        except StaleAnswers as refusal:
            stale |= refusal.keys
        else:
            return stale


def _show_saved(
    request: HttpRequest,
    application: Application,
    here: Section,
    fields: SectionForm,
    page: Page,
    stale: set[str],
) -> HttpResponse:
    """The line that says what is saved, and what the open page has to know from now on."""
    context = {
        "application": application,
        "form": fields,
        "unfit": unfit_in(application, here),
        "page": page,
        "stale": [fields[key] for key in fields.fields if key in stale],
    }
    answer = render(request, "applications/parts/saved.html", context, status=409 if stale else 200)
    return as_part(answer)


def _go_on(request: HttpRequest, application: Application, here: Section) -> HttpResponse:
    """To the page that the pressed button names; back while an answer does not fit."""
    following = form_of(application).neighbour(here, +1)
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


def show(
    request: HttpRequest,
    application: Application,
    here: Section,
    fields: SectionForm,
    *,
    page: Page | None = None,
    stale: Iterable[str] = (),
    **more: Any,
) -> HttpResponse:
    """The page of one section; with 409 where two tabs have to be compared."""
    form, former = form_of(application), former_words(application)
    context = {
        "application": application,
        "section": here,
        "sections": form.sections,
        "form": fields,
        "rows": rows_of(application, form, here, fields, stale, former),
        "former_remarks": former.concerning(here.questions),
        "covered": ",".join(sorted(form.covered)),
        "us_codes": ",".join(sorted(US_CODES)),
        "page": page or page_of(application, here),
        "is_compared": bool(stale),
        "is_kept_despite_errors": fields.is_bound and bool(fields.errors),
        "missing": missing_from(application, here),
        "unfit": unfit_in(application, here),
        "position": [each.key for each in form.sections].index(here.key) + 1,
        "previous": form.neighbour(here, -1),
        "following": form.neighbour(here, +1),
        "has_people": any(each.kind is Kind.PEOPLE for each in here.questions),
        "collaborator_form": CollaboratorForm(),
        "file_answers": file_answers(application, here),
        "register_entry": register_entry(application),
        **more,
    }
    return render(request, "applications/section.html", context, status=409 if stale else 200)

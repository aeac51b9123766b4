"""The staff's side of the conversation about an application."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.conversations import open_to_staff, read_threads, threads_of, waiting_for_staff
from applications.models import Application
from applications.views.talking import AnswerForm
from reviews.actions import mark_read
from reviews.models import Thread
from staff.access import reviewers_only
from staff.forms.talking import NoteForm

_A_PAGE = 50


def load_conversation(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """Whatever the person may judge, and drafts whose applicant has asked something."""
    seen = open_to_staff(request.user).select_related("applicant", "institution", "programme")
    application = get_object_or_404(seen, pk=application_id)
    if actions.closes_for(application, request.user):
        raise Http404
    return application


@require_safe
@login_required
def talk(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_conversation(request, application_id)
    return _show(request, application, NoteForm(application))


def _show(
    request: SignedInRequest, application: Application, form: NoteForm, **answering: Any
) -> HttpResponse:
    read = read_threads(application, request.user)
    mark_read([each.row for each in read if each.is_unread], by=request.user)
    context = {
        "staff_tab": "questions",
        "application": application,
        "threads": read,
        "form": form,
        "has_file": application.submitted_at is not None,
        **answering,
    }
    return render(request, "staff/talk.html", context)


@require_POST
@login_required
def start(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_conversation(request, application_id)
    form = NoteForm(application, request.POST)
    if not form.is_valid():
        return _show(request, application, form)
    actions.start_thread(application, by=request.user, **form.cleaned_data)
    messages.success(request, _("It is written down."))
    return redirect("staff:talk", application.pk)


@require_POST
@login_required
def answer(
    request: SignedInRequest, application_id: uuid.UUID, thread_id: uuid.UUID
) -> HttpResponse:
    application, thread = _load(request, application_id, thread_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        empty = NoteForm(application)
        return _show(request, application, empty, answering=thread.pk, answer_form=form)
    actions.answer_thread(application, thread, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your answer is written."))
    return _back(application)


@require_POST
@login_required
def resolve(
    request: SignedInRequest, application_id: uuid.UUID, thread_id: uuid.UUID
) -> HttpResponse:
    application, thread = _load(request, application_id, thread_id)
    actions.resolve_thread(application, thread, by=request.user)
    messages.success(request, _("The thread is resolved."))
    return _back(application)


@require_POST
@login_required
def reopen(
    request: SignedInRequest, application_id: uuid.UUID, thread_id: uuid.UUID
) -> HttpResponse:
    application, thread = _load(request, application_id, thread_id)
    actions.reopen_thread(application, thread, by=request.user)
    messages.success(request, _("The thread is open again."))
    return _back(application)


def _load(
    request: SignedInRequest, application_id: uuid.UUID, thread_id: uuid.UUID
) -> tuple[Application, Thread]:
    application = load_conversation(request, application_id)
    return application, get_object_or_404(threads_of(application, request.user), pk=thread_id)


def _back(application: Application) -> HttpResponse:
    """To the file where there is one, else to the conversation."""
    page = "staff:talk" if application.submitted_at is None else "staff:application"
    return redirect(page, application.pk)


@require_safe
@reviewers_only
def questions(request: SignedInRequest) -> HttpResponse:
    """What applicants asked and nobody answered, whatever state the application is in."""
    page = Paginator(waiting_for_staff(request.user), _A_PAGE).get_page(request.GET.get("page"))
    threads = list(page)
    files = Application.objects.select_related("applicant").in_bulk(
        {thread.subject_id for thread in threads}
    )
    context = {
        "staff_tab": "questions",
        "page": page,
        "rows": [{"thread": each, "application": files[each.subject_id]} for each in threads],
    }
    return render(request, "staff/questions.html", context)

"""The applicant's side of the conversation: what was asked, answering, asking."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.conversations import read_threads, threads_of
from applications.fields import PlainText
from applications.models import Application, form_of
from applications.views.standing import load_own
from reviews.actions import LONGEST_MESSAGE, mark_read


class AnswerForm(forms.Form):
    """What somebody writes in a thread."""

    body = PlainText(
        label=gettext_lazy("Message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )


class AskForm(AnswerForm):
    """What somebody asks, and about which question of the form."""

    question_key = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    field_order: tuple[str, ...] = ("question_key", "body")

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_key"].choices = question_choices(application)  # type: ignore[attr-defined]


def question_choices(application: Application) -> list[tuple[str, str]]:
    """The application as a whole, then each question of its form."""
    return [
        ("", _("The application as a whole")),
        *((each.key, str(each.label)) for each in form_of(application).questions),
    ]


@require_safe
@login_required
def threads(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """All threads, and a form to ask something; opening the page marks them as read."""
    application = load_own(request, application_id)
    return _show(request, application, AskForm(application))


def _show(
    request: SignedInRequest,
    application: Application,
    form: AskForm,
    **answering: Any,
) -> HttpResponse:
    read = read_threads(application, request.user)
    mark_read([each.row for each in read if each.is_unread], by=request.user)
    context = {
        "application": application,
        "threads": read,
        "ask_form": form,
        "answer_url_name": "applications:answer",
        **answering,
    }
    return render(request, "applications/threads.html", context)


@require_POST
@login_required
def ask(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    application = load_own(request, application_id)
    form = AskForm(application, request.POST)
    if not form.is_valid():
        return _show(request, application, form)
    actions.ask_question(application, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your question is with the reviewers. A mail tells of the answer."))
    return redirect("applications:threads", application.pk)


@require_POST
@login_required
def answer(
    request: SignedInRequest, application_id: uuid.UUID, thread_id: uuid.UUID
) -> HttpResponse:
    application = load_own(request, application_id)
    thread = get_object_or_404(threads_of(application, request.user), pk=thread_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        empty = AskForm(application)
        return _show(request, application, empty, answering=thread.pk, answer_form=form)
    actions.answer_thread(application, thread, by=request.user, **form.cleaned_data)
    messages.success(request, _("Your answer is with the reviewers."))
    return redirect("applications:threads", application.pk)

"""Attaching files to an answer, removing them, and opening them by permission only."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from applications.actions import attach_file, closes_for, open_attachment, remove_attachment
from applications.attachments import refusals
from applications.attachments.answering import FileAnswer, file_answer
from applications.attachments.receiving import receive
from applications.attachments.refusals import WrongFile
from applications.models import Attachment
from applications.permissions import check_edit
from applications.views.standing import load_own


# The check of the form's token reads the whole body, so it waits until the body is limited.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@login_required
def files(request: SignedInRequest, application_id: uuid.UUID, question_key: str) -> HttpResponse:
    """The files of one answer, with the form that attaches more."""
    application = load_own(request, application_id)
    check_edit(application, request.user)
    answer = file_answer(application, question_key)
    if answer is None:
        raise Http404
    if request.method == "POST":
        return _receive(request, answer)
    return _show(request, answer, [])


def _receive(request: SignedInRequest, answer: FileAnswer) -> HttpResponse:
    try:
        uploads = receive(request, answer.rules, limit_bytes=answer.limit_bytes)
    except WrongFile as refusal:
        return _show(request, answer, [refusal.sentence])
    return _attach(request, answer, [each.sentence for each in uploads.refusals])


@csrf_protect
def _attach(request: SignedInRequest, answer: FileAnswer, sentences: list[str]) -> HttpResponse:
    """Attach each file by itself, so that one that is wrong does not cost the others."""
    uploads = request.FILES.getlist("files")
    if not uploads and not sentences:
        sentences = [refusals.no_file().sentence]
    for upload in uploads:
        try:
            attached = attach_file(
                answer.application, question=answer.question, upload=upload, by=request.user
            )
        except WrongFile as refusal:
            sentences.append(refusal.sentence)
        else:
            messages.success(request, _("“%(name)s” is attached.") % {"name": attached.name})
    if sentences:
        now = file_answer(answer.application, answer.question.key)
        return _show(request, now or answer, sentences)
    return redirect(_place_in_form(answer))


def _show(request: SignedInRequest, answer: FileAnswer, sentences: list[str]) -> HttpResponse:
    context = {
        "application": answer.application,
        "answer": answer,
        "sentences": sentences,
        "form_url": _place_in_form(answer),
    }
    return render(request, "applications/attachments.html", context)


def _place_in_form(answer: FileAnswer) -> str:
    """The question on the page of its section."""
    page = reverse("applications:section", args=[answer.application.pk, answer.section.key])
    return f"{page}#files-{answer.question.key}"


@require_POST
@login_required
def remove_file(
    request: SignedInRequest, application_id: uuid.UUID, attachment_id: uuid.UUID
) -> HttpResponse:
    application = load_own(request, application_id)
    attachment = get_object_or_404(application.attachments.standing(), pk=attachment_id)
    remove_attachment(attachment, by=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": attachment.name})
    answer = file_answer(application, attachment.question_key)
    return redirect(_place_in_form(answer) if answer else application.get_absolute_url())


@require_safe
@login_required
def file(
    request: SignedInRequest, application_id: uuid.UUID, attachment_id: uuid.UUID
) -> FileResponse:
    """The content, for whoever may see it: always to be saved, never shown inside the site."""
    seen = Attachment.objects.visible_to(request.user).filter(application=application_id)
    attachment = get_object_or_404(
        seen.select_related("application__institution"), pk=attachment_id
    )
    application = attachment.application
    if application.applicant_id != request.user.pk and closes_for(application, request.user):
        raise Http404
    return FileResponse(
        open_attachment(attachment, by=request.user),
        as_attachment=True,
        filename=attachment.name,
        content_type=_served_as(attachment),
        headers={
            "Content-Length": str(attachment.size_bytes),
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _served_as(attachment: Attachment) -> str:
    """The charset is said, so that no browser guesses one in which text becomes markup."""
    is_text = attachment.kind == "text/plain"
    return f"{attachment.kind}; charset=utf-8" if is_text else attachment.kind

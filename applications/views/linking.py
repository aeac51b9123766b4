"""Linked applications: inviting somebody of another institution, and the invited person's pages."""

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.forms import LinkForm
from applications.linked import neighbours_of, shared_questions
from applications.models import Application, LinkInvitation
from applications.models.links import INVITING
from applications.reading import read_line
from applications.views.standing import load_own
from lib.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def linked(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """Where the others stand, whose answer is awaited, and the form that invites one more."""
    application = load_own(request, application_id)
    form = LinkForm(_sent(request), initial={"email": request.GET.get("email", "")})
    if request.method == "POST" and form.is_valid() and _is_invited(application, form, request):
        sentence = _("The letter to %(email)s is on its way.")
        messages.success(request, sentence % {"email": form.cleaned_data["email"]})
        return redirect("applications:linked", application.pk)
    return render(request, "applications/link.html", _page(application, form))


def _sent(request: SignedInRequest) -> QueryDict | None:
    """What was sent, also when nothing was typed, so that the form says what it lacks."""
    return request.POST if request.method == "POST" else None


def _is_invited(application: Application, form: LinkForm, request: SignedInRequest) -> bool:
    try:
        actions.invite_linked(application, email=form.cleaned_data["email"], by=request.user)
    except Refused as refusal:
        form.add_error("email", refusal.sentence)
        return False
    return True


def _page(application: Application, form: forms.Form) -> dict[str, object]:
    return {
        "application": application,
        "neighbours": neighbours_of(application),
        "invitations": application.link_invitations.open(),
        "form": form,
        "can_invite": application.status in INVITING,
    }


@require_POST
@login_required
def revoke(
    request: SignedInRequest, application_id: uuid.UUID, invitation_id: uuid.UUID
) -> HttpResponse:
    application = load_own(request, application_id)
    invitation = get_object_or_404(application.link_invitations, pk=invitation_id)
    actions.revoke_link_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is taken back: its link opens nothing any more."))
    return redirect("applications:linked", application.pk)


@require_safe
@login_required
def letter(request: SignedInRequest, secret: str) -> HttpResponse:
    """Where the letter leads: on to the page of the invitation, whose address holds no secret."""
    try:
        invitation = actions.find_link_invitation(secret, by=request.user)
    except actions.LinkClosed as refusal:
        context = {"sentence": refusal.sentence}
        return render(request, "applications/link_closed.html", context, status=refusal.http_status)
    return redirect("applications:link_invitation", invitation.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(request: SignedInRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """What is asked, what would stand in the draft, and the ways to answer."""
    found = _load_invitation(request, invitation_id)
    form = LinkForm(_sent(request))
    if request.method == "POST" and form.is_valid() and _is_handed_on(found, form, request):
        sentence = _("Handed on: a letter goes to %(email)s, and your link is closed.")
        messages.success(request, sentence % {"email": form.cleaned_data["email"]})
        return redirect("home")
    origin = found.origin
    context = {
        "invitation": found,
        "origin": origin,
        "lines": [
            read_line(question, origin.answers.get(question.key))
            for question in shared_questions(origin)
            if question.is_answered(origin.answers)
        ],
        "form": form,
    }
    return render(request, "applications/link_invitation.html", context)


def _is_handed_on(found: LinkInvitation, form: LinkForm, request: SignedInRequest) -> bool:
    try:
        actions.hand_on_link_invitation(found, email=form.cleaned_data["email"], by=request.user)
    except Refused as refusal:
        form.add_error("email", refusal.sentence)
        return False
    return True


@require_POST
@login_required
def take_up(request: SignedInRequest, invitation_id: uuid.UUID) -> HttpResponse:
    found = _load_invitation(request, invitation_id)
    application = actions.take_up_link_invitation(found, by=request.user)
    messages.success(
        request,
        _("This is your own draft. What is said about the project stands in it; change it freely."),
    )
    return redirect(application)


@require_POST
@login_required
def decline(request: SignedInRequest, invitation_id: uuid.UUID) -> HttpResponse:
    actions.decline_link_invitation(_load_invitation(request, invitation_id), by=request.user)
    messages.success(request, _("Declined: whoever invited you is told."))
    return redirect("home")


def _load_invitation(request: SignedInRequest, invitation_id: uuid.UUID) -> LinkInvitation:
    """For whoever proved to read the invited address; for everybody else there is none."""
    theirs = LinkInvitation.objects.visible_to(request.user)
    return get_object_or_404(
        theirs.select_related("origin__applicant", "origin__institution", "origin__programme"),
        pk=invitation_id,
    )

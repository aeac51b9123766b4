"""A listed person's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from applications.actions.team import (
    ListingClosed,
    confirm_details,
    decline_listing,
    find_listing,
)
from applications.forms import CollaboratorForm
from applications.models import ListedCollaborator


@require_http_methods(["GET", "POST"])
@login_required
def listing(request: SignedInRequest, secret: str) -> HttpResponse:
    """What the applicant says of the reader, to put right and confirm or to decline."""
    try:
        person = find_listing(secret, by=request.user)
    except ListingClosed as refusal:
        closed = {"sentence": refusal.sentence}
        return render(request, "applications/team_closed.html", closed, status=404)
    if "decline" in request.POST:
        decline_listing(person, by=request.user)
        messages.success(request, _("You are not part of this application, and they know it."))
        return redirect("home")
    form = _form(request, person)
    if request.method == "POST" and form.is_valid():
        confirm_details(person, by=request.user, **form.person())
        messages.success(request, _("Thank you: your details are confirmed."))
        return redirect("home")
    context = {"person": person, "form": form}
    return render(request, "applications/team_confirm.html", context)


def _form(request: SignedInRequest, person: ListedCollaborator) -> CollaboratorForm:
    """The applicant's form in the person's own words; the address cannot be changed."""
    elsewhere, here = CollaboratorForm.ELSEWHERE, CollaboratorForm.HERE
    initial = {
        "name": person.name,
        "expertise": person.expertise,
        "workplace": elsewhere if person.works_elsewhere else here,
        "works_in": person.works_in.code or "",
        "travels_from": person.travels_from,
        "travels_until": person.travels_until,
    }
    form = CollaboratorForm(request.POST or None, initial=initial)
    form.fields["email"].disabled = True
    form.initial["email"] = person.email
    form.fields["workplace"].label = _("Where do you work?")
    return form

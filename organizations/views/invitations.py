"""The invited person's page. Nobody else learns that it exists."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from organizations import actions
from organizations.models import Membership
from organizations.states import MembershipStatus


@require_safe
@login_required
def invitation_link(request: SignedInRequest, organization_id: UUID, secret: str) -> HttpResponse:
    """Where the letter leads: on to the page of the invitation, whose address holds no secret."""
    try:
        membership = actions.find_invited_membership(secret, by=request.user)
    except actions.InvitationClosed as refusal:
        return render(
            request,
            "organizations/invitation_closed.html",
            {"sentence": refusal.sentence},
            status=refusal.http_status,
        )
    return redirect("organizations:invitation", membership.organization_id, membership.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(
    request: SignedInRequest, organization_id: UUID, membership_id: UUID
) -> HttpResponse:
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("organization__institution"),
        pk=membership_id,
        organization=organization_id,
        user=request.user,
        status=MembershipStatus.INVITED,
    )
    if request.method == "POST":
        return _answer(request, membership)
    context = {
        "membership": membership,
        "organization": membership.organization,
        "principal": membership.organization.principal,
        "terms": membership.organization.programme.terms.order_by("-version").first(),
        "expires_at": actions.invitation_expires_at(membership, by=request.user),
    }
    return render(request, "organizations/invitation.html", context)


def _answer(request: SignedInRequest, membership: Membership) -> HttpResponse:
    lab = {"lab": membership.organization.name}
    if request.POST.get("answer") == "decline":
        actions.decline_invitation(membership, by=request.user)
        messages.success(request, _("You declined the invitation to %(lab)s.") % lab)
        return redirect("home")
    if request.POST.get("answer") == "accept":
        actions.accept_invitation(membership, by=request.user)
        messages.success(request, _("Welcome to %(lab)s.") % lab)
        return redirect("lab", membership.organization_id)
    return redirect("organizations:invitation", membership.organization_id, membership.pk)

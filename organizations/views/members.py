"""Who is in the lab: the list, proposing, removing, leaving, and the rule of queries."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from organizations import actions
from organizations.forms import ProposeForm
from organizations.models import Membership, Organization
from organizations.permissions import (
    can_lead,
    can_remove_membership,
    can_resend_invitation,
    check_lead,
    check_remove_membership,
)
from organizations.states import MembershipStatus
from organizations.views.loading import load_lab

COLOURS: dict[str, str] = {
    MembershipStatus.ACTIVE: "green",
    MembershipStatus.INVITED: "blue",
    MembershipStatus.UNDER_REVIEW: "yellow",
}


@require_safe
@login_required
def members(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    return _page(request, load_lab(request, organization_id), ProposeForm())


@require_POST
@login_required
def propose(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    check_lead(organization, request.user)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, form)
    try:
        membership = actions.propose_collaborator(
            organization, **form.cleaned_data, by=request.user
        )
    except (actions.SeatsFull, actions.AlreadySeated) as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, organization, form)
    messages.success(request, _proposed_sentence(membership))
    return redirect("organizations:members", organization.pk)


def _proposed_sentence(membership: Membership) -> str:
    if membership.status == MembershipStatus.UNDER_REVIEW:
        return _("%(name)s has an account and is now before the reviewers.") % {
            "name": membership.name
        }
    return _(
        "%(name)s has no account with this address yet. We have written to them how to make one; "
        "the review begins by itself then."
    ) % {"name": membership.name}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: SignedInRequest, organization_id: UUID, membership_id: UUID) -> HttpResponse:
    """Ask first, then end the membership; a member who leaves lands on the home page."""
    organization, membership = _load(request, organization_id, membership_id)
    check_remove_membership(membership, request.user)
    is_own = membership.user_id == request.user.pk
    if request.method != "POST":
        context = {"organization": organization, "lab_tab": "members", "membership": membership}
        return render(request, "organizations/remove.html", {**context, "is_own": is_own})
    actions.remove_membership(membership, by=request.user)
    if is_own:
        messages.success(request, _("You have left %(lab)s.") % {"lab": organization.name})
        return redirect("home")
    messages.success(request, _("%(name)s was removed.") % {"name": membership.name})
    return redirect("organizations:members", organization.pk)


@require_POST
@login_required
def resend(request: SignedInRequest, organization_id: UUID, membership_id: UUID) -> HttpResponse:
    organization, membership = _load(request, organization_id, membership_id)
    try:
        actions.resend_invitation(membership, by=request.user)
    except actions.ResentTooSoon as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("A new invitation went to %(email)s; the older link no longer works.")
            % {"email": membership.email},
        )
    return redirect("organizations:members", organization.pk)


@require_POST
@login_required
def query_rule(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    try:
        actions.set_query_rule(organization, request.POST.get("query_rule", ""), by=request.user)
    except actions.NoSuchRule as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("The rule for queries is saved."))
    return redirect("lab", organization.pk)


def _load(
    request: SignedInRequest, organization_id: UUID, membership_id: UUID
) -> tuple[Organization, Membership]:
    organization = load_lab(request, organization_id)
    membership = get_object_or_404(organization.memberships.seated(), pk=membership_id)
    return organization, membership


def _page(request: SignedInRequest, organization: Organization, form: ProposeForm) -> HttpResponse:
    rows = [_row(membership, request) for membership in _memberships(organization)]
    seats = organization.seats
    context = {
        "organization": organization,
        "lab_tab": "members",
        "seated": [row for row in rows if row["membership"].seat is not None],
        "former": [row for row in rows if row["membership"].seat is None],
        "seats_left": max(0, seats - sum(bool(row["membership"].seat) for row in rows)),
        "seats": seats,
        "can_lead": can_lead(organization, request.user),
        "form": form,
    }
    return render(request, "organizations/members.html", context)


def _memberships(organization: Organization) -> Any:
    return organization.memberships.select_related("organization", "user").order_by("seat", "-id")


def _row(membership: Membership, request: SignedInRequest) -> dict[str, Any]:
    is_seated = membership.seat is not None
    return {
        "membership": membership,
        "colour": COLOURS.get(membership.status, ""),
        "is_own": membership.user_id == request.user.pk,
        "can_remove": is_seated and can_remove_membership(membership, request.user),
        "can_resend": membership.status == MembershipStatus.INVITED
        and can_resend_invitation(membership, request.user),
    }

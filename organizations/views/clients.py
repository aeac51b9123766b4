"""API clients: making one, whose secret is shown once, and revoking."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from organizations import actions
from organizations.forms import ClientForm
from organizations.models import Client, Organization
from organizations.permissions import can_issue_client, can_lead
from organizations.views.loading import load_lab

_USED_CODES = "used_client_codes"
_CODES_KEPT = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def clients(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """The list. A POST makes a client and answers with its secret, which is kept nowhere else."""
    organization = load_lab(request, organization_id)
    if request.method != "POST":
        return _page(request, organization, ClientForm())
    form = ClientForm(request.POST)
    if not form.is_valid():
        return _page(request, organization, form)
    membership = get_object_or_404(organization.memberships.active(), user=request.user)
    if form.cleaned_data["form_code"] in request.session.get(_USED_CODES, []):
        messages.info(request, _("This client was made already; its secret is not shown again."))
        return redirect("organizations:clients", organization.pk)
    client, secret = actions.issue_client(
        membership, by=request.user, name=form.cleaned_data["name"]
    )
    _remember_code(request, form.cleaned_data["form_code"])
    return _page(request, organization, ClientForm(), new_client=client, secret=secret)


@require_POST
@login_required
def revoke(request: SignedInRequest, organization_id: UUID, client_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    client = get_object_or_404(
        Client.objects.visible_to(request.user).select_related("membership__organization"),
        pk=client_id,
        membership__organization=organization,
    )
    actions.revoke_client(client, by=request.user)
    messages.success(request, _("The client %(key)s is revoked.") % {"key": client.client_key})
    return redirect("organizations:clients", organization.pk)


def _remember_code(request: SignedInRequest, code: str) -> None:
    """A reload sends the same form once more; its code tells that it was answered."""
    if code:
        used = request.session.get(_USED_CODES, [])
        request.session[_USED_CODES] = [*used, code][-_CODES_KEPT:]


def _page(
    request: SignedInRequest, organization: Organization, form: ClientForm, **new: Any
) -> HttpResponse:
    own = organization.memberships.active().filter(user=request.user).first()
    visible = (
        Client.objects.visible_to(request.user)
        .filter(membership__organization=organization)
        .select_related("membership")
        .order_by("-id")
    )
    notice = organization.access_notice
    context = {
        "organization": organization,
        "lab_tab": "clients",
        "clients": [client for client in visible if client.revoked_at is None],
        "revoked": [client for client in visible if client.revoked_at is not None],
        "shows_members": can_lead(organization, request.user),
        "access_notice": notice,
        "can_issue": own is not None and can_issue_client(own, request.user) and not notice,
        "form": form,
        "public_url": settings.PUBLIC_URL,
        **new,
    }
    return render(request, "organizations/clients.html", context)

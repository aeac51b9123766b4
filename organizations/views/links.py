"""Ending the link between two labs."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from organizations import actions
from organizations.models import LabLink
from organizations.views.loading import load_lab


@require_POST
@login_required
def end(request: SignedInRequest, organization_id: UUID, link_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    links = LabLink.objects.of(organization.pk).select_related("first", "second")
    link = actions.end_link(get_object_or_404(links, pk=link_id), by=request.user)
    messages.success(
        request,
        _("The link with %(lab)s has ended, and with it all that was shared.")
        % {"lab": link.other(organization.pk).name},
    )
    return redirect("queries:sharing", organization.pk)

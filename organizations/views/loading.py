"""Loading a lab for its pages: what the reader may not see is not there."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from organizations.actions import note_viewing
from organizations.models import Organization


def load_lab(request: SignedInRequest, organization_id: UUID) -> Organization:
    visible = Organization.objects.visible_to(request.user)
    lab = get_object_or_404(visible.select_related("programme", "institution"), pk=organization_id)
    note_viewing(lab, organization=lab, by=request.user)
    return lab

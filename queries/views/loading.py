"""Loading what the reader may see; everything else is 404, of whichever lab it is."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from organizations.actions import note_viewing
from organizations.models import LabLink, Organization
from organizations.permissions import can_lead
from queries.models import Query, Run, Share


def load_query(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> Query:
    return _load(Query, request, organization_id, query_id, "membership__user")


def load_run(request: SignedInRequest, organization_id: UUID, run_id: UUID) -> Run:
    return _load(
        Run, request, organization_id, run_id, "query", "membership__user", "result", "search"
    )


def _load(
    model: Any, request: SignedInRequest, organization_id: UUID, row_id: UUID, *related: str
) -> Any:
    rows = model.objects.visible_to(request.user).filter(organization=organization_id)
    rows = rows.select_related("organization__programme", *related)
    row = get_object_or_404(rows, pk=row_id)
    # The part of a run's page that refreshes itself is no new look at it.
    if not request.htmx:
        note_viewing(row, organization=row.organization, by=request.user)
    return row


def load_share(request: SignedInRequest, organization: Organization, share_id: UUID) -> Share:
    """Something that this lab gave or received."""
    rows = Share.objects.visible_to(request.user).of(organization.pk).with_rows()
    share = get_object_or_404(rows, pk=share_id)
    note_viewing(share, organization=organization, by=request.user)
    return share


def share_links(organization: Organization, reader: Any) -> list[tuple[LabLink, Organization]]:
    """The links that the reader may share through, each with the lab on its other side."""
    if not can_lead(organization, reader) or not organization.programme.linked_labs_may_share:
        return []
    links = LabLink.objects.live().of(organization.pk).select_related("first", "second")
    return [(link, link.other(organization.pk)) for link in links]

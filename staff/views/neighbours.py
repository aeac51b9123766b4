"""From a file to the one before or after it in the list that the reader came from."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from staff.access import reviewers_only
from staff.lists import filtered, kept_query, list_of
from staff.paging import Place, neighbours
from staff.views.files import load_file


@require_safe
@reviewers_only
def following(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    return _lead(request, application_id, is_backward=False)


@require_safe
@reviewers_only
def preceding(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    return _lead(request, application_id, is_backward=True)


def _lead(
    request: SignedInRequest, application_id: uuid.UUID, *, is_backward: bool
) -> HttpResponse:
    """The file itself need not be in the list any more; at the end of it the list opens."""
    application = load_file(request, application_id)
    by_due_date = list_of(request.GET).is_by_due_date and application.due_at is not None
    place = Place(application.pk, application.due_at if by_due_date else None)
    rows = filtered(request.GET, request.user).qs
    found = neighbours(rows, place, by_due_date=by_due_date)[0 if is_backward else 1]
    kept = urlencode(kept_query(request.GET))
    if found is None:
        messages.info(request, _("That was the end of the list."))
        address = reverse("staff:applications")
    else:
        address = reverse("staff:application", args=[found])
    return redirect(f"{address}?{kept}" if kept else address)

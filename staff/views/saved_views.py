"""Views of the queue that a reviewer keeps for themselves."""

import uuid
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from reviews import desk
from reviews.models import SavedView
from staff.access import reviewers_only
from staff.filters import QueueFilters
from staff.forms.views import SaveViewForm


@require_POST
@reviewers_only
def save(request: SignedInRequest) -> HttpResponse:
    """Keep the filters that the page showed; only what is a filter is kept."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 60 characters."))
        return redirect("staff:applications")
    chosen = parse_qsl(form.cleaned_data["query_string"])
    known = {"show", *QueueFilters.base_filters}
    query = urlencode([(name, value) for name, value in chosen if name in known])
    desk.save_view(name=form.cleaned_data["name"], query_string=query, by=request.user)
    messages.success(request, _("The view is saved."))
    return redirect(f"{reverse('staff:applications')}?{query}")


@require_POST
@reviewers_only
def delete(request: SignedInRequest, view_id: uuid.UUID) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=view_id, owner=request.user)
    desk.delete_view(view, by=request.user)
    messages.success(request, _("The view is deleted."))
    return redirect("staff:applications")

"""The queue of applications: three lists, filters, search, and what waits for the reader."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from applications.models import Application
from applications.states import WITH_STAFF
from lib.time import now
from reviews.models import SavedView
from staff.access import reviewers_only
from staff.filters import waits_for
from staff.forms.arranging import BulkForm
from staff.forms.views import SaveViewForm
from staff.lists import LISTS, OPEN_LIST, filtered, kept_query, list_of
from staff.paging import MOST_COUNTED, count_up_to, read_page
from staff.people import reviewers
from staff.reading.rows import only_for_rows, read_rows

_MOST_WAITING = 5


@require_safe
@reviewers_only
def home(request: SignedInRequest) -> HttpResponse:
    return redirect("staff:applications")


@require_safe
@reviewers_only
def queue(request: SignedInRequest) -> HttpResponse:
    """One list by its order, narrowed by filters, a page at a time.

    Files that the reader may not judge are in none of them, nor in any count.
    """
    shown = list_of(request.GET)
    people = list(reviewers())
    filters = filtered(request.GET, request.user, reviewers=people)
    narrowed = filters.qs
    page = read_page(only_for_rows(narrowed), request.GET, by_due_date=shown.is_by_due_date)
    kept = urlencode(kept_query(request.GET))
    moment, is_plain = now(), not filters.chosen
    waiting = _waiting(request.user) if is_plain and shown is OPEN_LIST else []
    rows = read_rows([*page.rows, *waiting], user_id=request.user.pk, moment=moment)
    context = {
        "staff_tab": "applications",
        "lists": LISTS.values(),
        "shown": shown,
        "filters": filters,
        "page": page,
        "rows": rows[: len(page.rows)],
        "waiting": rows[len(page.rows) :],
        "count": count_up_to(narrowed, by_due_date=shown.is_by_due_date),
        "most_counted": MOST_COUNTED,
        "kept_query": kept,
        "saved_views": list(SavedView.objects.filter(owner=request.user)),
        "bulk_form": BulkForm(people=people),
        "save_form": SaveViewForm(initial={"query_string": kept}),
    }
    return render(request, "staff/applications.html", context)


def _waiting(user: User) -> QuerySet[Application]:
    """What waits for this person, the one that is due first on top."""
    mine = Application.objects.reviewable_by(user).filter(waits_for(user), status__in=WITH_STAFF)
    return only_for_rows(mine).order_by("due_at", "id")[:_MOST_WAITING]

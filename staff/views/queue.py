"""The queue of applications."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from applications.models import Application, ApplicationVersion
from lib.time import now
from staff.access import reviewers_only
from staff.reading.evidence import colour_counts

_A_PAGE = 25


@require_safe
@reviewers_only
def home(request: SignedInRequest) -> HttpResponse:
    return redirect("staff:applications")


@require_safe
@reviewers_only
def queue(request: SignedInRequest) -> HttpResponse:
    """Open applications by their due date, or the decided ones, the newest first.

    Those that the reviewer takes part in are left out, because the queue counts the evidence.
    """
    visible = Application.objects.reviewable_by(request.user).select_related(
        "applicant", "institution"
    )
    is_decided = request.GET.get("show") == "decided"
    chosen = visible.decided() if is_decided else visible.in_hand()
    page = Paginator(chosen, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "staff_tab": "applications",
        "page": page,
        "rows": _rows(list(page)),
        "is_decided": is_decided,
        "open_count": visible.in_hand().count(),
    }
    return render(request, "staff/applications.html", context)


def _rows(applications: list[Application]) -> list[dict[str, Any]]:
    """What the queue shows of each: the answers are those of the version that was submitted."""
    moment, counts = now(), colour_counts(applications)
    frozen = {
        version.application_id: version
        for version in ApplicationVersion.objects.filter(
            application__in=applications, number=F("application__version_count")
        )
    }
    return [
        {
            "application": each,
            "answers": frozen[each.pk].answers,
            "submitted_at": frozen[each.pk].created_at,
            "counts": counts[each.pk],
            "is_overdue": _is_overdue(each, moment),
        }
        for each in applications
    ]


def _is_overdue(application: Application, moment: dt.datetime) -> bool:
    due_at = application.due_at
    return application.is_with_staff and due_at is not None and due_at < moment

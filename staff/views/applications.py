"""The queue of applications, and one of them with everything that helps to judge it."""

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from applications.actions import note_viewing
from applications.models import Application, ApplicationVersion
from applications.permissions import check_judge
from applications.reading import changes_since_last_version, read_version
from applications.registry import search_registry
from lib.time import now
from reviews.models import Decision
from staff.access import reviewers_only
from staff.forms import ApproveForm, ChangesForm, DeclineForm, InstitutionForm
from staff.reading import colour_counts, findings, history

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


@require_safe
@reviewers_only
def detail(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """The file, for whoever has no part in it. That it was opened is on record."""
    application = load_submitted(request, application_id)
    check_judge(application, request.user)
    note_viewing(application, by=request.user)
    return show(request, application)


def load_submitted(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """What was submitted; drafts are their author's alone, also for staff who apply."""
    submitted = Application.objects.reviewable_by(request.user)
    return get_object_or_404(
        submitted.select_related("applicant", "institution", "programme"), pk=application_id
    )


def show(request: SignedInRequest, application: Application, **bound_forms: Any) -> HttpResponse:
    """The page of one application; `bound_forms` replace the empty ones."""
    version = application.latest_version
    context = {
        "staff_tab": "applications",
        "application": application,
        "version": version,
        "title": version.answers["project_title"],
        "sections": read_version(version),
        "changes": changes_since_last_version(application),
        "findings": findings(application),
        "history": history(application),
        "decisions": Decision.objects.about(application)
        .select_related("decided_by")
        .order_by("-id"),
        "is_overdue": _is_overdue(application, now()),
        **_decision_context(request, application),
        **bound_forms,
    }
    return render(request, "staff/application.html", context)


def _decision_context(request: SignedInRequest, application: Application) -> dict[str, Any]:
    """The forms while there is something to decide, or the sentence why there are none."""
    if not application.is_with_staff:
        return {"why_not": _why_closed(application)}
    name = application.answers.get("institution_name", "")
    search = request.GET.get("institution", name)
    return {
        "can_decide": True,
        "changes_form": ChangesForm(prefix="changes"),
        "approve_form": ApproveForm(application, prefix="approve"),
        "decline_form": DeclineForm(prefix="decline"),
        "institution_form": InstitutionForm(search_registry(search)),
        "institution_search": search,
    }


def _why_closed(application: Application) -> str:
    if application.is_open:
        return _("The applicant was asked for changes; the clock stands until they come.")
    return _("This application is “%(status)s”; there is nothing to decide.") % {
        "status": application.get_status_display()
    }

"""Who is away, and how much each reviewer has in hand."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import SignedInRequest
from applications.models import Application
from applications.states import WITH_STAFF
from lib.errors import Refused
from lib.time import today
from reviews.actions import end_absence, set_absence
from reviews.models import Absence
from reviews.states import ReviewStatus
from staff.access import reviewers_only
from staff.forms.arranging import AbsenceForm
from staff.people import reviewers


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def absences(request: SignedInRequest) -> HttpResponse:
    """One's own absences and what each reviewer has in hand; a POST adds an absence."""
    if request.method != "POST":
        return _page(request, AbsenceForm())
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        set_absence(request.user, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, form)
    messages.success(request, _("Your absence is noted; nothing new is given to you meanwhile."))
    return redirect("staff:absences")


@require_POST
@reviewers_only
def end(request: SignedInRequest, absence_id: uuid.UUID) -> HttpResponse:
    absence = get_object_or_404(Absence, pk=absence_id, reviewer=request.user)
    end_absence(absence, by=request.user)
    messages.success(request, _("The absence is taken back."))
    return redirect("staff:absences")


def _page(request: SignedInRequest, form: AbsenceForm) -> HttpResponse:
    lasting = Absence.objects.filter(last_date__gte=today()).order_by("first_date")
    context = {
        "staff_tab": "absences",
        "form": form,
        "mine": lasting.filter(reviewer=request.user),
        "workload": _workload(list(lasting)),
    }
    return render(request, "staff/absences.html", context)


def _workload(lasting: list[Absence]) -> list[dict[str, Any]]:
    """Each reviewer with the reviews they owe, the files they lead and when they are away."""
    led = dict(
        Application.objects.filter(status__in=WITH_STAFF, owner__isnull=False)
        .order_by()
        .values_list("owner")
        .annotate(Count("pk"))
    )
    under_way = Count("reviews", filter=Q(reviews__status=ReviewStatus.ASSIGNED))
    people: list[User] = list(reviewers().annotate(open_reviews=under_way))
    return [
        {
            "person": person,
            "reviews": person.open_reviews,  # type: ignore[attr-defined]
            "led": led.get(person.pk, 0),
            "away": [each for each in lasting if each.reviewer_id == person.pk],
        }
        for person in people
    ]

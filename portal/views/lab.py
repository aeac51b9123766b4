"""The first page of a lab: its people, the day's quota, and what runs."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from lib.time import next_midnight, now
from organizations.forms import QueryRuleForm
from organizations.models import Organization
from organizations.permissions import can_lead
from organizations.views.loading import load_lab
from queries.models import Run


@require_safe
@login_required
def lab(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    moment = now()
    context = {
        "organization": organization,
        "lab_tab": "overview",
        "is_leading": can_lead(organization, request.user),
        "rule_form": QueryRuleForm(initial={"query_rule": organization.query_rule}),
        "resets_at": next_midnight(moment),
        "days_left": (organization.ends_at - moment).days,
        "runs": _recent_runs(organization),
        **_people(organization),
    }
    return render(request, "portal/lab.html", context)


def _people(organization: Organization) -> dict[str, Any]:
    seated = list(organization.memberships.seated().order_by("seat"))
    limit = organization.programme.collaborators_limit
    taken = sum(1 for membership in seated if not membership.is_principal)
    return {"seated": seated, "seats": limit, "seats_left": max(0, limit - taken)}


def _recent_runs(organization: Organization) -> Any:
    return (
        Run.objects.filter(organization=organization)
        .select_related("query", "membership")
        .order_by("-id")[:5]
    )

"""The first page of a lab: its people, the day's quota, and what runs."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from lib.time import now
from organizations.forms import QueryRuleForm
from organizations.models import Organization
from organizations.permissions import can_change_scope, can_lead
from organizations.views.loading import load_lab
from organizations.views.members import COLOURS as MEMBER_COLOURS
from queries.models import Run
from queries.states import RunStatus
from quotas import usage
from quotas.buckets import Bucket
from quotas.models import QuotaDay

_DAYS = 30
_CHART_HEIGHT = 60
_BAR_STEP = 10

_RUN_COLOURS: dict[str, str] = {
    RunStatus.QUEUED: "blue",
    RunStatus.RUNNING: "blue",
    RunStatus.WAITING_FOR_QUOTA: "yellow",
    RunStatus.SUCCEEDED: "green",
    RunStatus.FAILED: "red",
}


@require_safe
@login_required
def lab(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    moment = now()
    context = {
        "organization": organization,
        "lab_tab": "overview",
        "moment": moment,
        "access_notice": organization.access_notice_at(moment),
        "has_begun": organization.starts_at <= moment,
        "is_leading": can_lead(organization, request.user),
        "can_change_scope": can_change_scope(organization, request.user),
        "is_member": organization.has_member(request.user),
        "rule_form": QueryRuleForm(initial={"query_rule": organization.query_rule}),
        "runs": _recent_runs(organization),
        "last_day": _last_day(organization, moment),
        **_people(organization),
        **_quota(organization),
    }
    return render(request, "portal/lab.html", context)


def _last_day(organization: Organization, moment: dt.datetime) -> str:
    day = date_format(organization.last_day, "j M Y")
    if not organization.starts_at <= moment < organization.ends_at:
        return day
    days = (organization.ends_at - moment).days
    left = ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return f"{day} ({left})"


def _people(organization: Organization) -> dict[str, Any]:
    seated = list(organization.memberships.seated().order_by("seat"))
    limit = organization.seats
    taken = sum(1 for membership in seated if not membership.is_principal)
    people = [(membership, MEMBER_COLOURS.get(membership.status, "")) for membership in seated]
    return {"people": people, "seats": limit, "seats_left": max(0, limit - taken)}


def _quota(organization: Organization) -> dict[str, Any]:
    today = usage.today(organization)
    days = usage.history(organization, _DAYS)
    research = [day for day in days if day.bucket == Bucket.RESEARCH]
    first_day = today.day - dt.timedelta(days=_DAYS - 1)
    return {
        "quota": today,
        "spenders": usage.by_member(organization, today.day),
        "history": research,
        "first_day": first_day,
        "bars": _bars(research, first_day) if research else [],
    }


def _bars(days: list[QuotaDay], first_day: dt.date) -> list[dict[str, int]]:
    """One bar a day: the share of its requests, and never nothing where something was used."""
    by_day = {day.day: day for day in days}
    dates = [first_day + dt.timedelta(days=number) for number in range(_DAYS)]
    heights = [_height(by_day.get(date)) for date in dates]
    return [
        {"x": number * _BAR_STEP, "y": _CHART_HEIGHT - height, "height": height}
        for number, height in enumerate(heights)
    ]


def _height(day: QuotaDay | None) -> int:
    if day is None or not day.requests_used:
        return 0
    return max(1, round(day.requests_used / day.requests_limit * _CHART_HEIGHT))


def _recent_runs(organization: Organization) -> list[tuple[Run, str]]:
    runs = Run.objects.filter(organization=organization).select_related("query", "membership")
    return [(run, _RUN_COLOURS.get(run.status, "")) for run in runs.order_by("-id")[:5]]

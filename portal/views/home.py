"""The first page: what the programme is, or what the reader can do next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from accounts.models import User
from applications.models import Application
from applications.states import COLOURS, NEXT_ACTS, OPEN
from applications.states import ApplicationStatus as Status
from organizations.models import Membership
from organizations.states import MembershipStatus
from programmes.models import Programme
from queries.models import Query


@dataclass(frozen=True)
class Hint:
    """How an applicant's status looks on the first page, and what they do next."""

    colour: str
    next_step: str | Promise


_HINTS = {status: Hint(COLOURS[status], NEXT_ACTS[status].for_applicant) for status in Status}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "portal/home.html", _own_affairs(request.user))
    return render(request, "portal/welcome.html", _programme())


def _programme() -> dict[str, Any]:
    programme = Programme.objects.default()
    criteria = [criterion.text("title") for criterion in programme.criteria.all()]
    return {"programme": programme, "criteria": criteria}


def _own_affairs(user: User) -> dict[str, Any]:
    own = Application.objects.filter(applicant=user).select_related("organization")
    applications = [(application, _HINTS[Status(application.status)]) for application in own]
    return {
        "applications": applications,
        "has_open_application": any(
            application.status in OPEN for application, _hint in applications
        ),
        "waiting_seats": _waiting_seats(user),
        "waiting_queries": Query.objects.awaiting(user),
        **(_queues(user) if user.is_reviewing_staff else {}),
    }


def _waiting_seats(user: User) -> list[Membership]:
    """Seats that wait for this person's answer, or for the review of this person."""
    waiting = [MembershipStatus.INVITED, MembershipStatus.UNDER_REVIEW]
    seats = Membership.objects.filter(user=user, status__in=waiting)
    return list(seats.select_related("organization").order_by("organization__name"))


def _queues(user: User) -> dict[str, int]:
    """What waits at the desk, without what the person may not judge."""
    memberships = Membership.objects.reviewable_by(user).awaiting_review()
    return {
        "applications_waiting": Application.objects.reviewable_by(user).with_staff().count(),
        "collaborators_waiting": memberships.count(),
    }

"""What every page needs to know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lib.time import Now
from organizations.models import Membership


def site(request: HttpRequest) -> dict[str, Any]:
    """`my_seats` is lazy: pages that show no labs do not pay for it, others pay once."""
    seats = SimpleLazyObject(lambda: _seats(request))
    return {
        "is_demo": settings.DEMO,
        "is_orcid_offered": bool(settings.ORCID_CLIENT_ID),
        "my_seats": seats,
    }


def _seats(request: HttpRequest) -> list[Membership]:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    mine = Membership.objects.active().filter(user=request.user).annotate(moment=Now())
    return list(mine.select_related("organization").order_by("organization__name"))

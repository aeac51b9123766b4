"""What every page needs to know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from organizations.models import Membership


def site(request: HttpRequest) -> dict[str, Any]:
    """`my_seats` is lazy: pages without the switcher do not pay for it."""
    return {"is_demo": settings.DEMO, "my_seats": lambda: _seats(request)}


def _seats(request: HttpRequest) -> Any:
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    return (
        Membership.objects.active()
        .filter(user=request.user)
        .select_related("organization")
    )

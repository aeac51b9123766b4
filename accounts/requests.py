"""The request of a page behind sign-in, for the type checker."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view under `login_required` is given: its user is a person."""

    user: User
    htmx: HtmxDetails

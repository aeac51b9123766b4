"""The reviewers of the house."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Ability


def reviewers() -> QuerySet[User]:
    """Whom a file may be given to."""
    return User.objects.able_to(Ability.REVIEW).order_by("name", "email").only("name", "email")

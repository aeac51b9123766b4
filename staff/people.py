"""The reviewers of the house."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import ABILITIES, Ability

_REVIEWING = [role for role, abilities in ABILITIES.items() if Ability.REVIEW in abilities]


def reviewers() -> QuerySet[User]:
    """Whom a file may be given to."""
    staff = User.objects.filter(role__in=_REVIEWING, is_active=True)
    return staff.order_by("name", "email").only("name", "email")

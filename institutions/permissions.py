"""Who may change the registry by hand. Everybody of staff may read it."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, allows


def check_curate_registry(user: User) -> None:
    if not user.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only operators change the registry; ask one of them."))


def can_curate_registry(user: User) -> bool:
    return allows(check_curate_registry, user)

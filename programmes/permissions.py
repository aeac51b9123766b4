"""Who may change the policy."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed, allows


def check_change_policy(by: User) -> None:
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only operators change the policy of the programme."))


def can_change_policy(by: User) -> bool:
    return allows(check_change_policy, by)

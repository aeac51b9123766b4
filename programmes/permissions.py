"""Who may change the policy."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Ability
from lib.errors import NotAllowed


def check_change_policy(by: User) -> None:
    if not by.has_ability(Ability.RUN_PROGRAMME):
        raise NotAllowed(_("Only operators change the policy of the programme."))

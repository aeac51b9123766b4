"""How often one person may ask the sandbox: enough for anybody who reads what it answers."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused
from lib.time import now

MOST_A_MINUTE = 30
_KEPT_SECONDS = 120


class AskedTooOften(Refused):
    http_status = 429

    def __init__(self) -> None:
        problem = _(
            "You have asked the sandbox %(most)d times within this minute. Wait a minute, then go "
            "on."
        )
        super().__init__(problem % {"most": MOST_A_MINUTE})


def count_question(by: User) -> None:
    """Refuses what is too much in this minute.

    Two questions at the same moment may count as one, which a cap on invented data can bear.
    """
    key = f"sandbox:{by.pk}:{now():%Y%m%d%H%M}"
    asked = cache.get(key, 0)
    if asked >= MOST_A_MINUTE:
        raise AskedTooOften
    cache.set(key, asked + 1, _KEPT_SECONDS)

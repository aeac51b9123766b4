"""The two ways in which Carrel says no to a person.

Anything else that is raised is a bug. Special refusals are defined beside the code that raises
them and inherit from `Refused`.
"""

from collections.abc import Callable
from typing import Any


class Refused(Exception):
    """What was asked cannot be done now; the message is a whole sentence for the person."""

    http_status = 409

    @property
    def sentence(self) -> str:
        return str(self)


class NotAllowed(Refused):
    """The person may see the thing but may not do this with it."""

    http_status = 403


def allows(check: Callable[..., None], *given: Any) -> bool:
    """Whether a `check_…` passes: what the `can_…` beside it answers."""
    try:
        check(*given)
    except Refused:
        return False
    return True

"""Who else works in the lab."""

from typing import Any

from django.utils.translation import gettext_noop as _

from applications.questions.builtin.asking import ask, section
from applications.questions.kinds import YES, Kind

_TEAM: dict[str, Any] = {"heading": "people", "evidence": "collaborators"}

COLLABORATORS = section(
    "collaborators",
    _("Collaborators"),
    _(
        "The people of your institution who will work in the lab. Each is reviewed with your "
        "application. If you work alone, leave this empty; you can add people later."
    ),
    ask(
        "collaborators",
        _("The people of your team"),
        Kind.PEOPLE,
        is_required=False,
        code="T27",
        **_TEAM,
    ),
    ask(
        "has_team",
        _("Does a team need access as well?"),
        Kind.YES_NO,
        code="T26",
        is_on=False,
        if_off=YES,
        **_TEAM,
    ),
)

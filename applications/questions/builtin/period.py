"""How long access is needed, and from when at the earliest."""

from typing import Any

from django.utils.translation import gettext_noop as _

from applications.questions.builtin.asking import ask, section
from applications.questions.kinds import NO, YES, Kind

_NEED: dict[str, Any] = {"element": "e", "heading": "data", "evidence": "proposal"}

PERIOD = section(
    "period",
    _("Data and period"),
    _(
        "For how long you need access. It runs from the day of the approval or from your earliest "
        "start, whichever is later, so a long review takes nothing away from it."
    ),
    ask(
        "starts_on",
        _("Earliest start"),
        Kind.DATE,
        help=_("Before this day you would not use the data."),
        code="T33",
        **_NEED,
    ),
    ask(
        "access_days",
        _("Length of access"),
        Kind.DURATION,
        help=_("Choose no more than the project needs."),
        code="T34",
        **_NEED,
    ),
    ask(
        "period_reason",
        _("Why is this period necessary?"),
        Kind.TEXTAREA,
        limit=1000,
        code="T35",
        **_NEED,
    ),
    ask(
        "needs_minors",
        _("Do you need data about people under 18?"),
        Kind.YES_NO,
        help=_("They can be studied in the secure enclave only."),
        shown_if=(("affiliation", "not_for_profit"),),
        code="T7",
        is_on=False,
        if_off=NO,
        **_NEED,
    ),
    ask(
        "minors_reason",
        _("Why are data about people under 18 necessary?"),
        Kind.TEXTAREA,
        limit=1000,
        shown_if=(("needs_minors", YES),),
        is_on=False,
        **_NEED,
    ),
)

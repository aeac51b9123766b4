"""What is accepted and certified."""

from typing import Any

from django.utils.translation import gettext_noop as _

from applications.questions.builtin.asking import ask, section
from applications.questions.kinds import Kind

_COMMITMENT: dict[str, Any] = {"element": "d", "heading": "people", "evidence": "non_commercial"}

TERMS = section(
    "terms",
    _("Terms"),
    _("Read the terms of the programme and accept them."),
    ask(
        "terms_accepted",
        _("I accept the terms of the programme, for myself and my institution."),
        Kind.TERMS,
        code="T44",
        **_COMMITMENT,
    ),
    ask(
        "compliance_certified",
        _(
            "I certify that what I say here is true, that we will keep to the terms, and that "
            "I will disclose any risk that we cannot."
        ),
        Kind.TERMS,
        code="T45",
        **_COMMITMENT,
    ),
    ask(
        "security_accepted",
        _("We will keep to the security measures for shared research data."),
        Kind.TERMS,
        code="T46",
        **_COMMITMENT,
    ),
    ask(
        "verification_accepted",
        _("I agree that a third party verifies the organisation."),
        Kind.TERMS,
        shown_if=(("affiliation", "not_for_profit"),),
        code="T47",
        is_on=False,
        **_COMMITMENT,
    ),
)

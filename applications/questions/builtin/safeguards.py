"""Independence, sharing, ethics and security."""

from typing import Any

from django.utils.translation import gettext_noop as _

from applications.questions.builtin.asking import SOME_FILES, ask, section
from applications.questions.kinds import NO, YES, Kind

_MONEY: dict[str, Any] = {"element": "c", "heading": "projects", "evidence": "independence"}
_TIES: dict[str, Any] = {"element": "b", "heading": "people", "evidence": "independence"}
_SHARING: dict[str, Any] = {"element": "d", "heading": "outputs", "evidence": "non_commercial"}
_ETHICS: dict[str, Any] = {"element": "d", "heading": "projects", "evidence": "proposal"}
_ETHICS_HELP = _("Approval or exemption by an ethics board, if you have one or need one.")

FUNDING = section(
    "funding",
    _("Funding and independence"),
    _(
        "The research must be independent of commercial interests. A declared tie is judged on its "
        "own; only a hidden one is a problem."
    ),
    ask("is_funded", _("Does the project receive funding?"), Kind.YES_NO, code="T15", **_MONEY),
    ask(
        "funding_source",
        _("Who funds it?"),
        Kind.TEXTAREA,
        shown_if=(("is_funded", YES),),
        code="T16",
        **_MONEY,
    ),
    ask(
        "has_conflict",
        _(
            "Does anybody in your team have a financial or other tie that could be a conflict "
            "of interest?"
        ),
        Kind.YES_NO,
        help=_(
            "For example work for, shares in, or a dispute with the platform or a competitor of it."
        ),
        **_TIES,
    ),
    ask(
        "conflict_details",
        _("Which tie, and how do you deal with it?"),
        Kind.TEXTAREA,
        shown_if=(("has_conflict", YES),),
        **_TIES,
    ),
    ask(
        "shares_data",
        _("Do you plan to share data with third parties?"),
        Kind.YES_NO,
        code="T36",
        **_SHARING,
    ),
    ask(
        "sharing_details",
        _("With whom, and why?"),
        Kind.TEXTAREA,
        shown_if=(("shares_data", YES),),
        code="T37",
        **_SHARING,
    ),
    ask(
        "sharing_agreements",
        _("Agreements about the sharing"),
        Kind.FILE,
        help=_("Drafts will do."),
        shown_if=(("shares_data", YES),),
        file_rules=SOME_FILES,
        code="T38",
        **_SHARING,
    ),
)

SECURITY = section(
    "security",
    _("Ethics and security"),
    _("How you protect the people in the data, and the data."),
    ask(
        "security_plan",
        _("Data protection plan"),
        Kind.TEXTAREA,
        help=_(
            "Governance, technical and organisational measures: who has access, where the "
            "data lies, how it is protected and deleted."
        ),
        limit=1000,
        code="T39",
        element="d",
        heading="settings",
        evidence="proposal",
    ),
    ask(
        "ethics_us",
        _("Ethics approval by an institutional review board"),
        Kind.FILE,
        help=_ETHICS_HELP,
        shown_if=(("affiliation", "academic"), ("works_in", "@us")),
        file_rules=SOME_FILES,
        is_required=False,
        code="T11",
        **_ETHICS,
    ),
    ask(
        "ethics_not_for_profit",
        _("Ethics approval by your own or another body's board"),
        Kind.FILE,
        shown_if=(("affiliation", "not_for_profit"),),
        file_rules=SOME_FILES,
        code="T12",
        is_on=False,
        **_ETHICS,
    ),
    ask(
        "ethics_europe",
        _("Ethics approval"),
        Kind.FILE,
        help=_ETHICS_HELP,
        shown_if=(("affiliation", "academic"), ("works_in", "@not-us"), ("needs_minors", NO)),
        file_rules=SOME_FILES,
        is_required=False,
        code="T13",
        **_ETHICS,
    ),
)

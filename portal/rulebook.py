"""The rules as people read them: states, who may do what, dates, reasons, mails.

docs/rules.md, docs/mails.md and the help pages are drawn from these functions, so none of them can
say anything else than the code does.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.states import NEXT_ACTS, PUBLIC_NAMES, ApplicationStatus
from programmes.default_policy import REASON_CODES
from programmes.models import Programme, ReasonCode, ReasonOutcome

Text = str | Promise

# What the real checks answered to a whole cast; a test compares it with them.
MATRIX_PATH = Path(__file__).parent / "matrix.json"

# Nobody makes a move: then Carrel makes it by itself.
ROLES: dict[str, Text] = {
    "applicant": _("the applicant"),
    "reviewer who leads it": _("the reviewer who leads the file"),
    "reviewer who was asked": _("a reviewer who was asked"),
    "reviewer not asked": _("any other reviewer without a tie"),
    "reviewer who refused it": _("the reviewer who refused it"),
    "reviewer of the first round": _("a reviewer of the first round"),
    "external reviewer": _("a reviewer from outside who was asked"),
    "operator": _("an operator without a tie"),
    "nobody": _("Carrel by itself"),
}

RULES: dict[str, Text] = {
    "can_edit": _("change the answers"),
    "can_withdraw": _("withdraw it"),
    "can_appeal": _("appeal"),
    "can_screen": _("do the screening"),
    "can_confirm_refusal": _("confirm a proposed refusal or object to it"),
    "can_ask_for_changes": _("ask for changes"),
    "can_choose_institution": _("say which institution is meant"),
    "can_give_review": _("give a review"),
    "can_take_review": _("take a review that nobody has"),
    "can_step_back": _("step back"),
    "can_assign": _("say who reviews it and who leads it"),
    "can_invite_external": _("ask a reviewer from outside"),
    "can_extend": _("take more time, with a reason"),
    "can_decide": _("decide"),
    "can_decide_appeal": _("decide the appeal"),
}


@dataclass(frozen=True)
class Line:
    """One thing that may be done in a status, and by whom."""

    deed: Text
    roles: Sequence[Text]


@dataclass(frozen=True)
class StateInWords:
    """One status of an application: its names, who acts next, where it goes, who may do what."""

    code: str
    staff_name: Text
    public_name: Text
    actor: Text
    for_staff: Text
    for_applicant: Text
    moves: Sequence[Line]
    rules: Sequence[Line]


@dataclass(frozen=True)
class Term:
    """One date that runs: what, counted from when, in which days, what happens then."""

    setting: str
    what: Text
    since: Text
    unit: Text
    then: Text


@dataclass(frozen=True)
class ReasonInWords:
    """One reason for a refusal, what can be done about it, and the ground that it stands on."""

    code: str
    title: str
    guidance: str
    legal_ground: str


_DAYS, _WORKING_DAYS = _("days"), _("working days")

TERMS = (
    Term(
        "review_target_days",
        _("The answer to an application, and to an appeal"),
        _("the submission or the appeal; the clock stands while changes are asked for"),
        _WORKING_DAYS,
        _("The applicant is told the reason, a new date and a name on the same day."),
    ),
    Term(
        "untouched_review_days",
        _("A reviewer opens a review that they were asked for"),
        _("the day on which they were asked"),
        _WORKING_DAYS,
        _("Somebody else is asked."),
    ),
    Term(
        "reminder_days",
        _("Reminders"),
        _("the due date, counted backwards"),
        _DAYS,
        _("Whoever has to act next gets a mail."),
    ),
    Term(
        "changes_answer_days",
        _("The applicant answers a request for changes"),
        _("the request"),
        _DAYS,
        _("The application is closed, after a warning; nothing is decided about it."),
    ),
    Term(
        "draft_idle_days",
        _("A draft lies untouched"),
        _("the last time that it was saved"),
        _DAYS,
        _("It is closed, after a warning."),
    ),
    Term(
        "appeal_days",
        _("An appeal against a refusal"),
        _("the decision"),
        _DAYS,
        _("The refusal stands; a new application is always possible."),
    ),
    Term(
        "member_confirm_days",
        _("A listed person confirms their own details"),
        _("the mail that asks for it"),
        _DAYS,
        _("The link is of no use any more; the applicant can have a new one sent."),
    ),
    Term(
        "invitation_days",
        _("An invitation to a lab, or to a linked application, is good"),
        _("the mail with it"),
        _DAYS,
        _("The link is of no use any more; a new one can be sent."),
    ),
    Term(
        "longest_access_days",
        _("Access of a lab, at most"),
        _("its first day"),
        _DAYS,
        _("Access ends."),
    ),
)


@cache
def _matrix() -> Mapping[str, Any]:
    matrix: dict[str, Any] = json.loads(MATRIX_PATH.read_text(encoding="utf-8"))
    return matrix


def states_in_words() -> Iterator[StateInWords]:
    for status in ApplicationStatus:
        act, drawn = NEXT_ACTS[status], _matrix()[status.value]
        yield StateInWords(
            status.value,
            status.label,
            PUBLIC_NAMES[status],
            act.actor.label,
            act.for_staff,
            act.for_applicant,
            [Line(ApplicationStatus(to).label, _named(who)) for to, who in drawn["moves"].items()],
            [Line(RULES[name], _named(who)) for name, who in drawn["rules"].items()],
        )


def _named(roles: Sequence[str]) -> list[Text]:
    return [label for role, label in ROLES.items() if role in roles]


def terms_in_words(programme: Programme) -> list[tuple[Term, str]]:
    """Each term with the days of this programme."""
    return [(term, _number(getattr(programme, term.setting))) for term in TERMS]


def _number(value: int | list[int]) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def refusal_reasons(programme: Programme) -> list[ReasonInWords]:
    """The reasons of this programme that are in use, in its language and order."""
    return [
        ReasonInWords(row.code, row.text, row.guidance_text, row.legal_ground)
        for row in ReasonCode.objects.in_use(programme, ReasonOutcome.DECLINED)
    ]


def first_refusal_reasons() -> list[ReasonInWords]:
    """The reasons that a new installation starts with."""
    return [
        ReasonInWords(
            row["code"], row["title"], row.get("guidance", ""), row.get("legal_ground", "")
        )
        for row in REASON_CODES
        if row["outcome"] == ReasonOutcome.DECLINED
    ]

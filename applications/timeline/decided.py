"""What was decided, as its applicant reads it: the reason, what to do about it, and the ground."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from applications.models import Application
from programmes.models import ReasonCode
from programmes.scope import Scope, lines_of
from reviews.models import Decision, Outcome


@dataclass(frozen=True)
class ReadDecision:
    """One decision; a request for changes is none."""

    outcome: str
    title: str
    moment: dt.datetime
    is_refusal: bool
    reason: str
    comment: str
    guidance: str = ""
    legal_ground: str = ""
    conditions: str = ""
    scope: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)


def read_decisions(application: Application) -> list[ReadDecision]:
    """The newest first. What was merely proposed is not among them."""
    rows = Decision.objects.about(application).filter(is_proposal=False)
    decisions = list(rows.exclude(outcome=Outcome.CHANGES_REQUESTED).order_by("-id"))
    if not decisions:
        return []
    people = _people_decided(application)
    reasons = _reasons(application, [*decisions, *(row for _name, row in people)])
    return [_read(each, reasons, people) for each in decisions]


def _reasons(application: Application, rows: list[Decision]) -> dict[str, ReasonCode]:
    codes = {row.reason for row in rows}
    found = ReasonCode.objects.filter(programme=application.programme_id, code__in=codes)
    return {each.code: each for each in found}


def _people_decided(application: Application) -> list[tuple[str, Decision]]:
    """What was decided about each listed person, with the name."""
    names = {person.pk: person.name for person in application.collaborators.all()}
    rows = Decision.objects.filter(
        subject_kind="applications.listedcollaborator", subject_id__in=names
    )
    return [(names[row.subject_id], row) for row in rows] if names else []


def _read(
    row: Decision, reasons: dict[str, ReasonCode], people: list[tuple[str, Decision]]
) -> ReadDecision:
    reason = reasons.get(row.reason)
    is_refusal = row.outcome == Outcome.DECLINED
    return ReadDecision(
        outcome=row.outcome,
        title=str(row.get_outcome_display()) if not is_refusal else _("Not approved"),
        moment=row.created_at,
        is_refusal=is_refusal,
        reason=str(reason or row.reason),
        comment=row.comment,
        guidance=reason.guidance_text if reason and is_refusal else "",
        legal_ground=reason.legal_ground if reason and is_refusal else "",
        conditions=row.conditions,
        scope=[str(line) for line in lines_of(Scope.from_json(row.scope))] if row.scope else [],
        people=[] if is_refusal else [_person(name, each, reasons) for name, each in people],
    )


def _person(name: str, row: Decision, reasons: dict[str, ReasonCode]) -> str:
    if row.outcome == Outcome.APPROVED:
        return _("%(name)s may join") % {"name": name}
    reason = reasons.get(row.reason, row.reason)
    return _("%(name)s was not cleared: %(reason)s") % {"name": name, "reason": reason}

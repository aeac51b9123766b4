"""A decision before it is made: checked, shown as a letter, and then written down."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from applications.models import Application, ListedCollaborator
from applications.states import ApplicationStatus
from lib.errors import Refused
from lib.time import now
from programmes.models import ReasonCode, ReasonOutcome
from programmes.scope import Scope
from reviews.models import Outcome
from reviews.reasons import check_reason, usual_reason


@dataclass(frozen=True)
class PersonDraft:
    """One listed person: let in, or not for a reason."""

    person: ListedCollaborator
    reason: ReasonCode | None = None

    @property
    def is_cleared(self) -> bool:
        return self.reason is None


@dataclass(frozen=True)
class DecisionDraft:
    """Everything that a decision says."""

    outcome: Outcome
    reason: ReasonCode
    comment: str = ""
    conditions: str = ""
    scope: Scope = field(default_factory=Scope)
    people: tuple[PersonDraft, ...] = ()
    is_appeal: bool = False
    appeal_until: dt.date | None = None

    @property
    def cleared(self) -> list[ListedCollaborator]:
        return [each.person for each in self.people if each.is_cleared]


def draft_approval(
    application: Application,
    *,
    reason: str = "",
    comment: str = "",
    conditions: str = "",
    scope: Scope | None = None,
    cleared: Collection[ListedCollaborator] | None = None,
    not_cleared: Mapping[ListedCollaborator, str] | None = None,
) -> DecisionDraft:
    """With conditions if there are any. Each listed person is decided: `not_cleared` gives the
    reason of those who may not come in, and without it and `cleared` all may.

    Refuses an unknown reason, a scope wider than the programme, and a person left undecided.
    """
    programme = application.programme
    given = check_reason(programme, reason or usual_reason(programme), ReasonOutcome.APPROVED)
    conditions = conditions.strip()
    if scope is not None:
        scope.check_fits(programme)
    return DecisionDraft(
        Outcome.APPROVED_WITH_CONDITIONS if conditions else Outcome.APPROVED,
        given,
        comment=comment.strip(),
        conditions=conditions,
        scope=scope or Scope(),
        people=tuple(_people(application, cleared, not_cleared or {})),
        is_appeal=application.status == ApplicationStatus.APPEALED,
    )


def _people(
    application: Application,
    cleared: Collection[ListedCollaborator] | None,
    not_cleared: Mapping[ListedCollaborator, str],
) -> list[PersonDraft]:
    drafts = []
    for person in application.collaborators.confirmed():
        if person in not_cleared:
            code = not_cleared[person]
            reason = check_reason(application.programme, code, ReasonOutcome.DECLINED)
            drafts.append(PersonDraft(person, reason))
        elif cleared is None or person in cleared:
            drafts.append(PersonDraft(person))
        else:
            sentence = _("Give a reason why %(name)s may not join, or let them in.")
            raise Refused(sentence % {"name": person.name})
    return drafts


def draft_refusal(application: Application, *, reason: str, comment: str) -> DecisionDraft:
    """Refuses without a reason of the programme's and words of its own.

    The first refusal says until when it may be appealed; that of an appeal is the last word.
    """
    check_comment(comment)
    is_appeal = application.status == ApplicationStatus.APPEALED
    days = dt.timedelta(days=application.programme.appeal_days)
    return DecisionDraft(
        Outcome.DECLINED,
        check_reason(application.programme, reason, ReasonOutcome.DECLINED),
        comment=comment.strip(),
        is_appeal=is_appeal,
        appeal_until=None if is_appeal or not days else (now() + days).date(),
    )


def check_comment(comment: str) -> None:
    if not comment.strip():
        raise Refused(_("Write a comment: the applicant reads it and needs to know what to do."))

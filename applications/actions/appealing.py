"""Appealing against a refusal, and deciding about it anew by people who had no part in it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.choosing import assign_missing_reviews, hand_on_lead
from applications.actions.deciding import close_with_refusal, open_lab
from applications.actions.locking import check_version, lock
from applications.actions.timing import recompute_due
from applications.decisions import draft_approval, draft_refusal
from applications.models import Application
from applications.permissions import check_appeal, check_decide_appeal
from applications.states import ApplicationStatus
from applications.verdicts import check_follows_majority
from audit.status import change_status
from lib.errors import Refused
from lib.time import now
from reviews.models import Appeal, Outcome
from reviews.states import AppealStatus

_LONGEST_TEXT = 10_000


@transaction.atomic
def appeal_application(application: Application, *, text: str, by: User) -> Appeal:
    """Ask others to look at a refusal again, once and within the term of the programme."""
    lock(application)
    check_appeal(application, by)
    if not text.strip() or len(text) > _LONGEST_TEXT:
        raise Refused(
            _("Write what is wrong with the decision, in at most %(count)s letters.")
            % {"count": _LONGEST_TEXT}
        )
    change_status(application, ApplicationStatus.APPEALED, by=by, text=text.strip())
    appeal = Appeal(text=text.strip(), opened_by=by)
    appeal.name_subject(application)
    appeal.save()
    appeal.refresh_from_db(fields=["created_at"])
    recompute_due(application)
    hand_on_lead(application)
    assign_missing_reviews(application)
    appeal.refresh_from_db(fields=["due_at"])
    emails.confirm_appeal(application, appeal)
    return appeal


@transaction.atomic
def uphold_refusal(
    application: Application, *, by: User, reason: str, comment: str, version: int | None = None
) -> Application:
    """The refusal stands. Refuses when most of those who looked again recommend otherwise."""
    lock(application)
    check_decide_appeal(application, by)
    check_version(application, version)
    check_follows_majority(application, Outcome.DECLINED)
    draft = draft_refusal(application, reason=reason, comment=comment)
    _close_appeal(application, AppealStatus.UPHELD, by=by)
    return close_with_refusal(application, draft, by=by)


@transaction.atomic
def overturn_refusal(
    application: Application, *, by: User, version: int | None = None, **decision: Any
) -> Application:
    """The applicant was right: the lab is let in. `decision` is what `draft_approval` takes."""
    lock(application)
    check_decide_appeal(application, by)
    check_version(application, version)
    check_follows_majority(application, Outcome.APPROVED)
    draft = draft_approval(application, **decision)
    _close_appeal(application, AppealStatus.OVERTURNED, by=by)
    return open_lab(application, draft, by=by)


def _close_appeal(application: Application, status: AppealStatus, *, by: User) -> None:
    appeal = Appeal.objects.about(application).get(status=AppealStatus.OPEN)
    change_status(appeal, status, by=by, closed_at=now())


def drop_appeal(application: Application, *, by: User) -> None:
    """The applicant takes the application back while an appeal is under way."""
    for appeal in Appeal.objects.about(application).filter(status=AppealStatus.OPEN):
        change_status(appeal, AppealStatus.DROPPED, by=by, closed_at=now())

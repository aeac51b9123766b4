"""The first look at an application: pass it on, or propose a refusal to a second person."""

from django.db import transaction

from accounts.models import User
from applications import emails
from applications.actions.choosing import assign_missing_reviews, present_reviewers, tell_too_few
from applications.actions.deciding import close_with_refusal
from applications.actions.locking import check_version, lock
from applications.decisions import draft_refusal
from applications.models import Application
from applications.permissions import check_confirm_refusal, check_screen
from applications.states import ApplicationStatus
from audit.status import change_status
from reviews.actions import record_decision
from reviews.models import Decision


@transaction.atomic
def pass_screening(
    application: Application, *, by: User, version: int | None = None
) -> Application:
    """It is complete and meets the hard criteria: the independent reviews begin."""
    lock(application)
    check_screen(application, by)
    check_version(application, version)
    change_status(application, ApplicationStatus.IN_REVIEW, by=by, owner=by)
    assign_missing_reviews(application)
    return application


@transaction.atomic
def propose_refusal(
    application: Application, *, by: User, reason: str, comment: str, version: int | None = None
) -> Application:
    """It fails a hard criterion: a second reviewer confirms the refusal or objects."""
    lock(application)
    check_screen(application, by)
    check_version(application, version)
    draft = draft_refusal(application, reason=reason, comment=comment)
    change_status(
        application,
        ApplicationStatus.REFUSAL_PROPOSED,
        by=by,
        details={"reason": reason},
        text=comment,
        owner=by,
    )
    record_decision(
        application,
        outcome=draft.outcome,
        is_proposal=True,
        by=by,
        reason=draft.reason.code,
        comment=draft.comment,
        version=application.version_count,
    )
    _ask_second(application, by)
    return application


def _ask_second(application: Application, proposer: User) -> None:
    second = present_reviewers(application).exclude(pk=proposer.pk).first()
    if second is None:
        tell_too_few(application, 1)
    else:
        emails.ask_to_confirm(application, second)


@transaction.atomic
def confirm_refusal(
    application: Application, *, by: User, version: int | None = None
) -> Application:
    """A second reviewer agrees, in one click: the proposal becomes the decision."""
    lock(application)
    check_confirm_refusal(application, by)
    check_version(application, version)
    proposal = proposed_refusal(application)
    draft = draft_refusal(application, reason=proposal.reason, comment=proposal.comment)
    return close_with_refusal(application, draft, by=by)


@transaction.atomic
def object_to_refusal(
    application: Application, *, by: User, version: int | None = None
) -> Application:
    """A second reviewer disagrees: the application is reviewed like any other, led by them."""
    lock(application)
    check_confirm_refusal(application, by)
    check_version(application, version)
    change_status(application, ApplicationStatus.IN_REVIEW, by=by, owner=by)
    assign_missing_reviews(application)
    return application


def proposed_refusal(application: Application) -> Decision:
    """What was proposed last."""
    return Decision.objects.about(application).filter(is_proposal=True).latest("id")

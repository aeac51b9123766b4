"""The first look at an application: pass it on, or propose a refusal to a second person."""

from django.db import transaction

from accounts.models import User
from applications.actions.deciding import check_refusal, close_with_refusal
from applications.actions.locking import lock
from applications.actions.reviewing import assign_missing_reviews
from applications.models import Application
from applications.permissions import check_confirm_refusal, check_screen
from applications.states import ApplicationStatus
from audit.status import change_status
from reviews.actions import record_decision
from reviews.models import Decision, Outcome


@transaction.atomic
def pass_screening(application: Application, *, by: User) -> Application:
    """It is complete and meets the hard criteria: the independent reviews begin."""
    lock(application)
    check_screen(application, by)
    change_status(application, ApplicationStatus.IN_REVIEW, by=by, owner=by)
    assign_missing_reviews(application)
    return application


@transaction.atomic
def propose_refusal(
    application: Application, *, by: User, reason: str, comment: str
) -> Application:
    """It fails a hard criterion: a second reviewer confirms the refusal or objects."""
    lock(application)
    check_screen(application, by)
    check_refusal(reason, comment)
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
        outcome=Outcome.DECLINED,
        is_proposal=True,
        by=by,
        reason=reason,
        comment=comment,
        version=application.version_count,
    )
    return application


@transaction.atomic
def confirm_refusal(application: Application, *, by: User) -> Application:
    """A second reviewer agrees, in one click: the proposal becomes the decision."""
    lock(application)
    check_confirm_refusal(application, by)
    proposal = Decision.objects.about(application).filter(is_proposal=True).latest("id")
    return close_with_refusal(application, by=by, reason=proposal.reason, comment=proposal.comment)


@transaction.atomic
def object_to_refusal(application: Application, *, by: User) -> Application:
    """A second reviewer disagrees: the application is reviewed like any other."""
    lock(application)
    check_confirm_refusal(application, by)
    change_status(application, ApplicationStatus.IN_REVIEW, by=by)
    assign_missing_reviews(application)
    return application

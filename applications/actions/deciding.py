"""What staff do with an application that was submitted."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.locking import lock
from applications.evidence import gather_evidence
from applications.models import Application, ListedCollaborator
from applications.permissions import check_ask_for_changes, check_decide
from applications.questions import DAYS_KEY, START_KEY
from applications.states import ApplicationStatus
from audit.log import record
from audit.status import change_status
from institutions.models import Institution
from lib.errors import Refused
from lib.time import UTC, now
from organizations.actions import ProposedCollaborator, create_organization
from organizations.models import Organization
from reviews.actions import open_pause, record_decision, record_evidence
from reviews.models import Outcome, Reason


def note_viewing(application: Application, *, by: User) -> None:
    """Staff opened the file: who looked at whose application stays on record."""
    record("application.viewed", by=by, subject=application)


@transaction.atomic
def choose_institution(
    application: Application, *, institution: Institution, by: User
) -> Application:
    """Name the registry entry of an institution that the applicant described in words."""
    lock(application)
    check_ask_for_changes(application, by)
    application.institution = institution
    application.save(update_fields=["institution"])
    record(
        "application.institution_chosen",
        by=by,
        subject=application,
        details={"institution": institution.ror_id},
    )
    items = gather_evidence(application)
    record_evidence(application, version=application.version_count, items=items)
    return application


@transaction.atomic
def request_changes(application: Application, *, by: User, comment: str) -> Application:
    """Hand the application back with a comment; the clock of the review stands meanwhile.

    The answer goes back to where it was asked from; an open decision goes back to the reviewers.
    """
    lock(application)
    check_ask_for_changes(application, by)
    check_comment(comment)
    is_screened = application.status != ApplicationStatus.SUBMITTED
    change_status(
        application,
        ApplicationStatus.CHANGES_REQUESTED,
        by=by,
        text=comment,
        resumes_as=ApplicationStatus.IN_REVIEW if is_screened else ApplicationStatus.SUBMITTED,
    )
    open_pause(application)
    record_decision(
        application,
        outcome=Outcome.CHANGES_REQUESTED,
        by=by,
        comment=comment,
        version=application.version_count,
    )
    emails.ask_for_changes(application, comment)
    return application


@transaction.atomic
def decline_application(
    application: Application, *, by: User, reason: str, comment: str
) -> Application:
    """Refuse, with a reason code and a comment that the applicant reads."""
    lock(application)
    check_decide(application, by)
    check_refusal(reason, comment)
    return close_with_refusal(application, by=by, reason=reason, comment=comment)


def close_with_refusal(
    application: Application, *, by: User, reason: str, comment: str
) -> Application:
    """Write the refusal down and tell the applicant, whichever way it came about."""
    change_status(
        application,
        ApplicationStatus.DECLINED,
        by=by,
        details={"reason": reason},
        text=comment,
        decided_at=now(),
    )
    record_decision(
        application,
        outcome=Outcome.DECLINED,
        by=by,
        reason=reason,
        comment=comment,
        version=application.version_count,
    )
    emails.tell_declined(application, Reason(reason), comment)
    return application


@transaction.atomic
def approve_application(
    application: Application,
    *,
    by: User,
    comment: str = "",
    cleared: Collection[ListedCollaborator] | None = None,
) -> Application:
    """Let the lab in: makes its Organization with the listed people who were cleared.

    `cleared` names those of the listed collaborators who may come in; without it, all of them.
    Refuses an institution that is not in the registry.
    """
    lock(application)
    check_decide(application, by)
    listed = list(application.collaborators.all())
    welcome = [person for person in listed if cleared is None or person in cleared]
    organization = _make_organization(application, welcome, by)
    change_status(
        application,
        ApplicationStatus.APPROVED,
        by=by,
        details={
            "cleared": [str(person.pk) for person in welcome],
            "not_cleared": [str(person.pk) for person in listed if person not in welcome],
        },
        text=comment,
        organization=organization,
        decided_at=now(),
    )
    record_decision(
        application,
        outcome=Outcome.APPROVED,
        by=by,
        reason=Reason.MEETS_CRITERIA,
        comment=comment,
        version=application.version_count,
    )
    emails.tell_approved(application, organization, comment)
    return application


def _make_organization(
    application: Application, welcome: list[ListedCollaborator], by: User
) -> Organization:
    if application.institution is None:
        raise Refused(
            _(
                "The institution of this application is not in the registry yet: "
                "choose its registry entry first."
            )
        )
    starts_at, ends_at = _period(application)
    return create_organization(
        programme=application.programme,
        institution=application.institution,
        name=application.answers["team_name"],
        summary=application.answers["summary"],
        principal=application.applicant,
        starts_at=starts_at,
        ends_at=ends_at,
        collaborators=[
            ProposedCollaborator(email=person.email, name=person.name, expertise=person.expertise)
            for person in welcome
        ],
        by=by,
    )


def _period(application: Application) -> tuple[dt.datetime, dt.datetime]:
    """The length asked for, from the day asked for or from now if that has passed."""
    first = dt.date.fromisoformat(application.answers[START_KEY])
    starts_at = max(dt.datetime.combine(first, dt.time(), UTC), now())
    last = starts_at.date() + dt.timedelta(days=int(application.answers[DAYS_KEY]) - 1)
    return starts_at, dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), UTC)


def check_comment(comment: str) -> None:
    if not comment.strip():
        raise Refused(_("Write a comment: the applicant reads it and needs to know what to do."))


def check_refusal(reason: str, comment: str) -> None:
    """A refusal needs a reason code and words of its own."""
    check_comment(comment)
    if reason not in Reason.values or reason == Reason.MEETS_CRITERIA:
        raise Refused(_("Choose the reason why the application is declined."))

"""Deciding about an application, and asking the applicant for changes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.checking import record_checks
from applications.actions.locking import check_version, lock
from applications.actions.pairing import link_approved
from applications.actions.talking import open_change_requests
from applications.actions.timing import recompute_due
from applications.decisions import (
    DecisionDraft,
    check_comment,
    draft_approval,
    draft_refusal,
)
from applications.models import Application
from applications.period import asked_period
from applications.permissions import check_ask_for_changes, check_choose_institution, check_decide
from applications.states import ApplicationStatus
from applications.verdicts import check_follows_majority
from audit.log import record
from audit.status import change_status
from institutions.models import Institution
from lib.errors import Refused
from lib.time import now, today
from organizations.actions import ProposedCollaborator, create_organization
from organizations.models import Organization
from reviews.actions import open_pause, record_decision
from reviews.models import Outcome, Review
from reviews.reasons import usual_reason
from reviews.states import ReviewStatus


@transaction.atomic
def note_viewing(application: Application, *, by: User) -> None:
    """Staff opened the file: who looked at whose application stays on record.

    A review that its reviewer has begun to look at is not offered to another.
    """
    record("application.viewed", by=by, subject=application)
    untouched = Review.objects.about(application).filter(reviewer=by, touched_at=None)
    untouched.filter(status=ReviewStatus.ASSIGNED).update(touched_at=now())


@transaction.atomic
def choose_institution(
    application: Application, *, institution: Institution, by: User
) -> Application:
    """Name the registry entry of an institution that the applicant described in words."""
    lock(application)
    check_choose_institution(application, by)
    application.institution = institution
    application.save(update_fields=["institution"])
    record(
        "application.institution_chosen",
        by=by,
        subject=application,
        details={"institution": institution.ror_id},
    )
    return record_checks(application)


@transaction.atomic
def request_changes(
    application: Application,
    *,
    by: User,
    comment: str,
    questions: Mapping[str, str] | None = None,
    version: int | None = None,
) -> Application:
    """Hand the application back with a comment; the clock of the review stands meanwhile.

    `questions` says for single questions what has to change there: each gets a thread.
    The answer goes back to where it was asked from; an open decision goes back to the reviewers.
    """
    lock(application)
    check_ask_for_changes(application, by)
    check_version(application, version)
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
    recompute_due(application)
    record_decision(
        application,
        outcome=Outcome.CHANGES_REQUESTED,
        by=by,
        comment=comment,
        version=application.version_count,
    )
    open_change_requests(application, by=by, questions=questions or {})
    answer_by = today() + dt.timedelta(days=application.programme.changes_answer_days)
    emails.ask_for_changes(application, comment, answer_by)
    return application


@transaction.atomic
def decline_application(
    application: Application, *, by: User, reason: str, comment: str, version: int | None = None
) -> Application:
    """Refuse, with a reason of the programme's and a comment that the applicant reads.

    Refuses when most of the reviews recommend otherwise.
    """
    lock(application)
    check_decide(application, by)
    check_version(application, version)
    check_follows_majority(application, Outcome.DECLINED)
    draft = draft_refusal(application, reason=reason, comment=comment)
    return close_with_refusal(application, draft, by=by)


def close_with_refusal(application: Application, draft: DecisionDraft, *, by: User) -> Application:
    """Write the refusal down and tell the applicant, whichever way it came about."""
    change_status(
        application,
        ApplicationStatus.DECLINED,
        by=by,
        details={"reason": draft.reason.code},
        text=draft.comment,
        decided_at=now(),
    )
    _write_down(application, draft, by=by)
    return application


@transaction.atomic
def approve_application(
    application: Application, *, by: User, version: int | None = None, **decision: Any
) -> Application:
    """Let the lab in: makes its Organization with the listed people who were cleared.

    `decision` is what `draft_approval` takes: reason, comment, conditions, scope, cleared and
    not_cleared. Refuses what it refuses, an institution that is not in the registry, and an
    approval that most of the reviews do not recommend.
    """
    lock(application)
    check_decide(application, by)
    check_version(application, version)
    check_follows_majority(application, Outcome.APPROVED)
    draft = draft_approval(application, **decision)
    return open_lab(application, draft, by=by)


def open_lab(application: Application, draft: DecisionDraft, *, by: User) -> Application:
    """Make the lab, write the approval down, tell the applicant."""
    organization = _make_organization(application, draft, by)
    change_status(
        application,
        ApplicationStatus.APPROVED,
        by=by,
        details={
            "cleared": [str(person.pk) for person in draft.cleared],
            "not_cleared": [str(each.person.pk) for each in draft.people if not each.is_cleared],
        },
        text=draft.comment,
        organization=organization,
        decided_at=now(),
    )
    link_approved(application, by=by)
    _write_down(application, draft, by=by)
    return application


def _write_down(application: Application, draft: DecisionDraft, *, by: User) -> None:
    """The decision, one for each listed person, and the letter."""
    record_decision(
        application,
        outcome=draft.outcome,
        by=by,
        reason=draft.reason.code,
        comment=draft.comment,
        conditions=draft.conditions,
        scope=draft.scope.to_json(),
        version=application.version_count,
    )
    for each in draft.people:
        record_decision(
            each.person,
            outcome=Outcome.APPROVED if each.reason is None else Outcome.DECLINED,
            by=by,
            reason=usual_reason(application.programme) if each.reason is None else each.reason.code,
            version=application.version_count,
        )
    emails.send_decision(application, draft)


def _make_organization(application: Application, draft: DecisionDraft, by: User) -> Organization:
    if application.institution is None:
        raise Refused(
            _(
                "The institution of this application is not in the registry yet: "
                "choose its registry entry first."
            )
        )
    answers = application.latest_version.answers
    starts_at, ends_at = asked_period(answers).runs_from(now())
    return create_organization(
        programme=application.programme,
        institution=application.institution,
        name=answers["team_name"],
        summary=answers["summary"],
        principal=application.applicant,
        starts_at=starts_at,
        ends_at=ends_at,
        collaborators=[
            ProposedCollaborator(email=person.email, name=person.name, expertise=person.expertise)
            for person in draft.cleared
        ],
        scope=draft.scope,
        conditions=draft.conditions,
        by=by,
    )

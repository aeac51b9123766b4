"""What people say about who leads an application and who reviews it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications import emails
from applications.actions.choosing import ask_for_review, go_on, may_lead, name_owner
from applications.actions.locking import lock
from applications.conflicts import is_tied_now
from applications.models import Application
from applications.permissions import (
    check_assign,
    check_invite_external,
    check_is_fresh,
    check_take_review,
)
from applications.states import ApplicationStatus
from applications.verdicts import standing_reviews, wanted_reviews
from audit.status import change_status
from lib.errors import Refused
from reviews.actions import assign_review, hand_on_review
from reviews.models import Conflict, Review

_S = ApplicationStatus
_REVIEWED = (_S.IN_REVIEW, _S.APPEALED)


@transaction.atomic
def set_owner(application: Application, *, to: User, by: User) -> Application:
    """Say who leads the file. Refuses somebody with a tie to it, or with a part in the refusal."""
    lock(application)
    check_assign(application, by)
    _check_may_judge(application, to)
    if application.status == _S.APPEALED:
        check_is_fresh(application, to)
    if application.owner_id == to.pk:
        return application
    name_owner(application, to, by=by)
    if application.status == _S.SUBMITTED and to != by:
        emails.ask_to_screen(application, to)
    return application


def _check_may_judge(application: Application, person: User) -> None:
    if not may_lead(application, person) or is_tied_now(application, person):
        raise Refused(
            _("%(name)s may not judge this: they are no reviewer, or have a tie to it.")
            % {"name": person}
        )


@transaction.atomic
def take_review(application: Application, *, by: User) -> Review:
    """A reviewer takes a review that nobody else was there for."""
    lock(application)
    check_take_review(application, by)
    _check_is_needed(application, by)
    return ask_for_review(application, by, by=by)


def _check_is_needed(application: Application, person: User) -> None:
    reviews = standing_reviews(application)
    if reviews.filter(reviewer=person).exists():
        raise Refused(_("%(name)s has a review of this application already.") % {"name": person})
    if reviews.count() >= wanted_reviews(application):
        raise Refused(_("Everybody who is needed to review this application is found."))


@transaction.atomic
def assign_reviewer(application: Application, *, to: User, by: User) -> Review:
    """Ask a certain reviewer. Refuses somebody with a tie or a part, and one too many."""
    lock(application)
    check_assign(application, by)
    _check_is_reviewed(application)
    _check_may_judge(application, to)
    check_is_fresh(application, to)
    _check_is_needed(application, to)
    return ask_for_review(application, to, by=by)


def _check_is_reviewed(application: Application) -> None:
    if application.status not in _REVIEWED:
        raise Refused(
            _("Reviewers are asked once the screening is passed: name who leads the file instead.")
        )


@transaction.atomic
def reassign_review(
    application: Application, review: Review, *, by: User, to: User | None = None, why: str = ""
) -> Review | None:
    """Hand a review on to `to`, or to the least busy; answers the new one, if anybody is free.

    An operator may so set aside a review that was given; then the decision is open again.
    """
    lock(application)
    check_assign(application, by)
    if to is not None:
        _check_may_judge(application, to)
        check_is_fresh(application, to)
        if standing_reviews(application).filter(reviewer=to).exists():
            raise Refused(_("%(name)s has a review of this application already.") % {"name": to})
    hand_on_review(review, by=by, why=why)
    emails.tell_review_moved(application, review)
    if application.status == _S.CONSOLIDATING:
        change_status(application, _S.IN_REVIEW, by=None)
    if to is not None:
        return ask_for_review(application, to, by=by)
    return next(iter(go_on(application)), None)


@transaction.atomic
def invite_external_reviewer(application: Application, *, email: str, by: User) -> Review:
    """Ask somebody from outside for a review of this one file; they see no other.

    Refuses an address that nobody has verified, and whoever has a tie to the application. What
    they are asked comes on top where everybody who is needed is found.
    """
    lock(application)
    check_invite_external(application, by)
    person = User.objects.with_verified_email(email)
    if person is None:
        raise Refused(
            _(
                "Nobody has an account with the verified address %(email)s. Ask them to sign up "
                "first; then invite them."
            )
            % {"email": email.strip()}
        )
    _check_is_independent(application, person)
    review = assign_review(
        application,
        to=person,
        by=by,
        is_external=True,
        is_appeal=application.status == _S.APPEALED,
        version=application.version_count,
    )
    emails.ask_for_external_review(application, review)
    return review


def _check_is_independent(application: Application, person: User) -> None:
    tied = Conflict.objects.standing().about(application).filter(person=person).exists()
    institution = application.institution
    domain = person.email.rpartition("@")[2]
    if (
        tied
        or is_tied_now(application, person)
        or person.pk == application.applicant_id
        or application.names(person)
        or domain == application.applicant.email.rpartition("@")[2]
        or (institution is not None and institution.owns_domain(domain))
    ):
        raise Refused(_("%(name)s has a tie to this application.") % {"name": person})
    check_is_fresh(application, person)
    if standing_reviews(application).filter(reviewer=person).exists():
        raise Refused(_("%(name)s has a review of this application already.") % {"name": person})

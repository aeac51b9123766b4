"""Whom Carrel asks by itself: the least busy of those who are free, and what follows then."""

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.roles import Ability, roles_with
from applications import emails
from applications.conflicts import note_conflicts
from applications.models import Application
from applications.states import WITH_STAFF, ApplicationStatus
from applications.verdicts import are_reviews_in, standing_reviews, wanted_reviews
from audit.log import record
from audit.status import change_status
from lib.time import today
from reviews.actions import assign_review, note_once
from reviews.models import Absence, Conflict, Decision, Outcome, Review
from reviews.states import ReviewStatus

# Operators take up what they like, and are told when reviewers lack; nobody assigns them.
_ROLES = roles_with(Ability.REVIEW) - roles_with(Ability.RUN_PROGRAMME)
_S = ApplicationStatus


def free_reviewers(application: Application) -> QuerySet[User]:
    """Whoever may judge it, is not away and has no part in its reviews; the least busy first."""
    asked = Review.objects.about(application).filter(reviewer=OuterRef("pk"))
    spoke = Decision.objects.about(application).filter(decided_by=OuterRef("pk"))
    if application.status == _S.APPEALED:
        spoke = spoke.exclude(outcome=Outcome.CHANGES_REQUESTED)
    else:
        spoke = spoke.filter(is_proposal=True)
    return present_reviewers(application).filter(~Exists(asked), ~Exists(spoke))


def present_reviewers(application: Application) -> QuerySet[User]:
    """Reviewers without a tie who are not away; the least busy first."""
    day = today()
    tied = Conflict.objects.standing().about(application).filter(person=OuterRef("pk"))
    away = Absence.objects.filter(reviewer=OuterRef("pk"), first_date__lte=day, last_date__gte=day)
    return (
        User.objects.filter(role__in=_ROLES, is_active=True)
        .exclude(pk=application.applicant_id)
        .filter(~Exists(tied), ~Exists(away))
        .annotate(open_reviews=_count_open_reviews(), led=_count_led(application))
        .order_by(F("open_reviews") + F("led"), "id")
    )


def _count_open_reviews() -> Coalesce:
    rows = Review.objects.filter(reviewer=OuterRef("pk"), status=ReviewStatus.ASSIGNED)
    counted = rows.order_by().values("reviewer").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def _count_led(application: Application) -> Coalesce:
    """Whoever leads this one is not busier for it: they know the file."""
    led = Application.objects.filter(owner=OuterRef("pk"), status__in=WITH_STAFF)
    rows = led.exclude(pk=application.pk)
    counted = rows.order_by().values("owner").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def ensure_owner(application: Application) -> User | None:
    """Name who leads the file, unless somebody does who still may; tell them, or the operators."""
    if application.owner is not None and may_lead(application, application.owner):
        return application.owner
    return hand_on_lead(application)


def hand_on_lead(application: Application) -> User | None:
    """Another one leads from now on: on appeal one who is new to it."""
    note_conflicts([application])
    is_appeal = application.status == _S.APPEALED
    pool = free_reviewers(application) if is_appeal else present_reviewers(application)
    if application.owner is not None:
        pool = pool.exclude(pk=application.owner.pk)
    owner = pool.first()
    name_owner(application, owner, by=None)
    if owner is None:
        tell_too_few(application, 1)
    elif application.status == _S.SUBMITTED:
        emails.ask_to_screen(application, owner)
    return owner


def may_review(application: Application, review: Review) -> bool:
    """Whether the reviewer still may: neither gone nor tied since they were asked."""
    tied = Conflict.objects.standing().about(application).filter(person=review.reviewer)
    return review.reviewer.is_active and not tied.exists()


def may_lead(application: Application, person: User | None) -> bool:
    if person is None or not person.has_ability(Ability.REVIEW):
        return False
    return Application.objects.reviewable_by(person).filter(pk=application.pk).exists()


def name_owner(application: Application, owner: User | None, *, by: User | None) -> None:
    application.owner = owner
    application.save(update_fields=["owner"])
    record(
        "application.owner_named",
        by=by,
        subject=application,
        details={"owner": str(owner.pk) if owner else ""},
    )


def assign_missing_reviews(application: Application) -> list[Review]:
    """Ask as many of the least busy as are missing; answers the new reviews.

    There may be fewer free reviewers than are needed: then the operators are told, once.
    """
    note_conflicts([application])
    standing = standing_reviews(application).count()
    missing = wanted_reviews(application) - standing
    chosen = list(free_reviewers(application)[: max(missing, 0)])
    reviews = [ask_for_review(application, person, by=None) for person in chosen]
    if len(chosen) < missing:
        tell_too_few(application, missing - len(chosen))
    return reviews


def ask_for_review(application: Application, person: User, *, by: User | None) -> Review:
    standing = standing_reviews(application).count()
    review = assign_review(
        application,
        to=person,
        by=by,
        is_tie_break=standing >= application.programme.review_count,
        is_appeal=application.status == _S.APPEALED,
        version=application.version_count,
    )
    if by != person:
        emails.ask_for_review(application, review)
    return review


def tell_too_few(application: Application, missing: int) -> None:
    """The operators hear on the same day that somebody is missing; once for each who is."""
    if note_once(
        application, f"too-few-{application.status.lower()}-{missing}", _round(application)
    ):
        emails.tell_operators_few(application, missing)


def _round(application: Application) -> dt.date:
    """The day that names this round of the review: the version that is looked at came on it."""
    return application.latest_version.created_at.date()


def go_on(application: Application) -> list[Review]:
    """With all reviews in and most agreeing, the decision is due; else whoever is missing is asked.

    Answers the reviews that were asked for.
    """
    if not are_reviews_in(application):
        return assign_missing_reviews(application)
    if application.status == _S.IN_REVIEW:
        change_status(application, _S.CONSOLIDATING, by=None)
        ensure_owner(application)
    for person in deciders(application):
        emails.ask_to_decide(application, person)
    return []


def deciders(application: Application) -> list[User]:
    """Whoever leads the file and the reviewers of the house: any one of them decides."""
    reviews = standing_reviews(application).filter(is_external=False).select_related("reviewer")
    people = [review.reviewer for review in reviews]
    leads = application.owner
    return people if leads is None or leads in people else [leads, *people]

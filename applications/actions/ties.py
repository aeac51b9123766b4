"""Closing files to people with a tie: what they were asked for goes to others."""

import uuid
from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from applications.actions.choosing import go_on, hand_on_lead
from applications.actions.locking import lock
from applications.conflicts import find_ties, note_conflicts
from applications.models import Application
from applications.states import WITH_STAFF, ApplicationStatus
from audit.status import change_status
from reviews.actions import hand_on_review
from reviews.models import Conflict, Review
from reviews.states import ReviewStatus

_S = ApplicationStatus
_A_BATCH = 200


@transaction.atomic
def close_to_tied(
    applications: Sequence[Application], *, people: Collection[uuid.UUID] | None = None
) -> list[Conflict]:
    """Write down what ties these people, or all reviewers, and hand on what they were asked for."""
    found = note_conflicts(applications, people=people)
    files = [application.pk for application in applications]
    led = _led_by_tied(files).values_list("pk", flat=True)
    reviewed = _tied_reviews(files).values_list("subject_id", flat=True)
    to_hand_on = {*led, *reviewed}
    for application in applications:
        if application.pk in to_hand_on:
            _hand_on(application)
    return found


def closes_for(application: Application, person: User) -> bool:
    """Whether a tie arose since the person could last see the application, by which it was loaded.

    Then it is written down, and the file is closed from now.
    """
    if not find_ties([application], people=[person.pk]):
        is_judgeable = application.submitted_at is not None
        application.judge_found_free = person.pk if is_judgeable else None
        return False
    close_to_tied([application], people=[person.pk])
    return True


def sweep_conflicts(*, people: Collection[uuid.UUID] | None = None) -> int:
    """Bring the conflicts of all applications up to date that somebody may have to judge."""
    return sum(len(close_to_tied(batch, people=people)) for batch in _batches())


def _batches() -> Iterator[list[Application]]:
    """What is submitted and not closed for good, in the order of its ids."""
    waiting = Application.objects.filter(status__in=[*WITH_STAFF, _S.CHANGES_REQUESTED])
    rows = waiting.select_related("institution", "programme").order_by("pk")
    batch = list(rows[:_A_BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:_A_BATCH])


def _tied(person: str, subject: str) -> Exists:
    standing = Conflict.objects.standing()
    return Exists(standing.filter(person=OuterRef(person), subject_id=OuterRef(subject)))


def _led_by_tied(files: Collection[uuid.UUID]) -> QuerySet[Application]:
    """Files that somebody leads who may not, while staff have to act."""
    led = Application.objects.filter(pk__in=files, status__in=WITH_STAFF, owner__isnull=False)
    return led.filter(_tied("owner", "pk"))


def _tied_reviews(files: Collection[uuid.UUID]) -> QuerySet[Review]:
    """Reviews of people who may not judge: under way, or given while nothing is decided."""
    undecided = Application.objects.filter(status__in=[_S.IN_REVIEW, _S.CONSOLIDATING])
    counts = Q(status=ReviewStatus.ASSIGNED) | Q(
        status=ReviewStatus.GIVEN, subject_id__in=undecided.values("pk")
    )
    return Review.objects.filter(counts, _tied("reviewer", "subject_id"), subject_id__in=files)


def _hand_on(application: Application) -> None:
    """Others lead and review instead; a decision that rested on such a review has to wait."""
    lock(application)
    reviews = list(_tied_reviews([application.pk]))
    for review in reviews:
        hand_on_review(review, by=None)
    if _led_by_tied([application.pk]).exists():
        hand_on_lead(application)
    if reviews and application.status == _S.CONSOLIDATING:
        change_status(application, _S.IN_REVIEW, by=None)
    if application.status in (_S.IN_REVIEW, _S.APPEALED):
        go_on(application)

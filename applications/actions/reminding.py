"""Reminders before a date, each once, to whoever acts next."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction

from accounts.models import User
from applications import emails
from applications.actions.choosing import deciders
from applications.models import Application
from applications.states import NEXT_ACTS, Actor, ApplicationStatus
from applications.verdicts import are_reviews_in, standing_reviews
from lib.time import now, today
from programmes.models import Programme
from reviews.actions import note_once
from reviews.states import ReviewStatus

_S = ApplicationStatus


def remind_staff() -> int:
    """Tell those who act next that a date comes near; answers how many applications that were."""
    return sum(_remind(application) for application in _due_soon())


def _due_soon() -> Iterator[Application]:
    for programme in Programme.objects.all():
        ahead = dt.timedelta(days=max(programme.reminder_days, default=0) + 1)
        near = Application.objects.with_staff().filter(
            programme=programme, due_at__gt=now(), due_at__lte=now() + ahead
        )
        yield from near.select_related("applicant", "owner", "programme")


def _reached(application: Application, day: dt.date) -> list[int]:
    """The reminders whose day has come; those before the last one need no mail any more."""
    left = (application.due_at.date() - day).days if application.due_at else 0
    return [days for days in application.programme.reminder_days if left <= days]


@transaction.atomic
def _remind(application: Application) -> bool:
    """One mail for all reminders that are due, so a worker that was away does not send many."""
    due_date = application.due_at.date() if application.due_at else today()
    reached = _reached(application, today())
    is_new = [note_once(application, f"reminder-{days}", due_date) for days in reached]
    if not any(is_new):
        return False
    for person in whoever_acts(application):
        emails.remind_staff(application, person)
    return True


def whoever_acts(application: Application) -> Iterable[User]:
    """The people of staff from whom the next act is awaited."""
    act = NEXT_ACTS[ApplicationStatus(application.status)].actor
    under_way = standing_reviews(application).filter(status=ReviewStatus.ASSIGNED)
    if act == Actor.REVIEWERS and not are_reviews_in(application):
        return [review.reviewer for review in under_way.select_related("reviewer")]
    if act in (Actor.DECIDER, Actor.REVIEWERS):
        return deciders(application)
    return [application.owner] if application.owner else []

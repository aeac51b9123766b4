"""Conversations about an application: questions, notes, answers, requests for change."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ABILITIES, Ability
from applications import emails
from applications.conversations import open_to_staff, threads_of
from applications.models import Application, form_of
from applications.permissions import check_own
from lib.errors import NotAllowed, Refused
from lib.time import now
from reviews import actions as reviews
from reviews.models import Thread, ThreadMessage, Visibility

# What one side writes within so long, without an answer between, is told by one mail.
_BURST = dt.timedelta(hours=1)


def check_talk(application: Application, by: User) -> None:
    """The applicant, and whoever may judge it."""
    if application.applicant_id != by.pk and not _is_staff_of(application, by):
        raise NotAllowed(_("You may not write about this application."))


def _is_staff_of(application: Application, person: User) -> bool:
    return open_to_staff(person).filter(pk=application.pk).exists()


@transaction.atomic
def ask_question(
    application: Application, *, by: User, body: str, question_key: str = ""
) -> Thread:
    """The applicant asks the staff something, in any state, about a question or the whole."""
    check_own(application, by)
    _check_question(application, question_key)
    thread = reviews.open_thread(
        application,
        by=by,
        body=body,
        visibility=Visibility.APPLICANT,
        question_key=question_key,
        is_from_applicant=True,
        version=application.version_count,
    )
    _tell_other_side(application, thread)
    return thread


@transaction.atomic
def start_thread(
    application: Application, *, by: User, body: str, visibility: str, question_key: str = ""
) -> Thread:
    """Staff write a private note, or ask the applicant something without handing it back."""
    check_talk(application, by)
    if application.applicant_id == by.pk or visibility not in Visibility.values:
        raise Refused(_("Choose who reads it."))
    _check_question(application, question_key)
    thread = reviews.open_thread(
        application,
        by=by,
        body=body,
        visibility=Visibility(visibility),
        question_key=question_key,
        version=application.version_count,
    )
    _tell_other_side(application, thread)
    return thread


@transaction.atomic
def answer_thread(
    application: Application, thread: Thread, *, by: User, body: str
) -> ThreadMessage:
    """Answer in a thread. What the applicant writes opens a resolved one again."""
    _check_thread(application, thread, by)
    is_applicant = application.applicant_id == by.pk
    message = reviews.add_message(
        thread,
        by=by,
        body=body,
        version=application.version_count,
        is_from_applicant=is_applicant,
    )
    if is_applicant:
        reviews.reopen_thread(thread, by=by)
    _tell_other_side(application, thread)
    return message


@transaction.atomic
def resolve_thread(application: Application, thread: Thread, *, by: User) -> Thread:
    """Staff say that nothing is open about it any more."""
    _check_settle(application, thread, by)
    return reviews.resolve_thread(thread, by=by)


@transaction.atomic
def reopen_thread(application: Application, thread: Thread, *, by: User) -> Thread:
    _check_settle(application, thread, by)
    return reviews.reopen_thread(thread, by=by)


def open_change_requests(
    application: Application, *, by: User, questions: Mapping[str, str]
) -> list[Thread]:
    """One public thread for each question that has to be changed; part of asking for changes."""
    for key in questions:
        _check_question(application, key)
    return [
        reviews.open_thread(
            application,
            by=by,
            body=text,
            visibility=Visibility.APPLICANT,
            question_key=key,
            asks_for_change=True,
            version=application.version_count,
        )
        for key, text in questions.items()
    ]


def _check_question(application: Application, key: str) -> None:
    if key and key not in {question.key for question in form_of(application).questions}:
        raise Refused(_("This question is not in the form. Choose one of the list."))


def _check_thread(application: Application, thread: Thread, by: User) -> None:
    check_talk(application, by)
    if not threads_of(application, by).filter(pk=thread.pk).exists():
        raise NotAllowed(_("You may not write in this thread."))


def _check_settle(application: Application, thread: Thread, by: User) -> None:
    _check_thread(application, thread, by)
    if application.applicant_id == by.pk:
        raise NotAllowed(_("The reviewers say when a thread is resolved."))


def _tell_other_side(application: Application, thread: Thread) -> None:
    """One mail for a burst of messages; private notes tell nobody."""
    if thread.visibility != Visibility.APPLICANT:
        return
    said = ThreadMessage.objects.filter(
        thread__subject_id=application.pk,
        thread__visibility=Visibility.APPLICANT,
        created_at__gt=now() - _BURST,
    ).order_by("-id")
    latest, *before = list(said[:2])
    if before and before[0].is_from_applicant == latest.is_from_applicant:
        return
    if not latest.is_from_applicant:
        emails.tell_applicant_of_message(application)
        return
    for person in _who_answers(application):
        emails.tell_staff_of_message(application, person)


def _who_answers(application: Application) -> list[User]:
    """Whoever leads the file, else the operators; nobody to whom it is closed."""
    people = [application.owner] if application.owner else []
    operators = [role for role, has in ABILITIES.items() if Ability.RUN_PROGRAMME in has]
    free = [each for each in people if each.is_active and _is_staff_of(application, each)]
    if free:
        return free
    pool = User.objects.filter(role__in=operators, is_active=True)
    return [each for each in pool if _is_staff_of(application, each)]

"""Saving the answers of one section, also while another tab does the same."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions.locking import lock
from applications.fields import clean_answer
from applications.models import Application, FormVersion
from applications.permissions import check_edit
from applications.questions import Kind, Question, Section
from applications.states import ApplicationStatus
from applications.tabs import Page, fingerprint
from institutions.models import Institution
from lib.errors import Refused
from lib.time import now


class StaleAnswers(Refused):
    """Some answers were changed elsewhere since the page was made; nothing is saved."""

    def __init__(self, questions: list[Question]) -> None:
        labels = ", ".join(f"“{question.label}”" for question in questions)
        super().__init__(
            _("Changed meanwhile in another tab or window: %(labels)s.") % {"labels": labels}
        )
        self.keys = {question.key for question in questions}


@transaction.atomic
def save_section(
    application: Application,
    *,
    section: Section,
    answers: Mapping[str, Any],
    by: User,
    page: Page | None = None,
) -> Application:
    """Keep the answers to questions of one section; what is not given stays as it was.

    Answers may be missing but not malformed: those are refused with the question's sentence.
    With `page`, which says what the sender's page had shown, an answer that was changed elsewhere
    since is never overwritten: raises `StaleAnswers` if the sender changed it too.
    """
    lock(application)
    check_edit(application, by)
    questions = {question.key: question for question in section.questions}
    given = {key: _clean(application, questions[key], answers[key]) for key in answers}
    if page is not None:
        given = _merge(application, given, page, questions)
    _keep(application, {key: questions[key] for key in given}, given)
    return application


def _merge(
    application: Application, given: dict[str, Any], page: Page, questions: dict[str, Question]
) -> dict[str, Any]:
    """What this page changed. Of two tabs that changed the same answer, the later one is told."""
    if page.revision == application.revision:
        return given
    stored = {key: application.answers.get(key) for key in given}
    mine = {key: value for key, value in given.items() if not page.shows(key, value)}
    stale = [
        questions[key]
        for key, value in mine.items()
        if not page.shows(key, stored[key]) and fingerprint(value) != fingerprint(stored[key])
    ]
    if stale:
        raise StaleAnswers(stale)
    return mine


def _keep(application: Application, questions: dict[str, Question], given: dict[str, Any]) -> None:
    number = application.form.number if application.form else 1
    for key, value in given.items():
        if fingerprint(application.answers.get(key)) != fingerprint(value):
            application.answer_versions[key] = number
        application.answers[key] = value
        if questions[key].kind is Kind.INSTITUTION:
            application.institution = _institution(value)
    application.revision += 1
    application.saved_at = now()
    application.save(
        update_fields=["answers", "answer_versions", "institution", "revision", "saved_at"]
    )


def _institution(identifier: str) -> Institution | None:
    return Institution.objects.get(pk=identifier) if identifier else None


def _clean(application: Application, question: Question, value: Any) -> Any:
    try:
        cleaned = clean_answer(question, value)
    except ValidationError as problem:
        sentence = " ".join(problem.messages)
        raise Refused(f"{question.label}: {sentence}") from problem
    if question.kind is Kind.TERMS:
        return application.programme.current_terms().version if cleaned else ""
    return cleaned


def follow_form(application: Application, *, by: User) -> Application:
    """Put a draft on the newest form. Answers to questions that are no longer asked stay."""
    check_edit(application, by)
    newest = FormVersion.objects.in_force(application.programme)
    if application.status != ApplicationStatus.DRAFT or application.form_id == newest.pk:
        return application
    with transaction.atomic():
        lock(application)
        check_edit(application, by)
        application.form = newest
        application.save(update_fields=["form"])
    return application

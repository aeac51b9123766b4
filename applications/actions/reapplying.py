"""Applying again: a new draft that begins with what an ended application had said."""

from django.db import transaction

from accounts.models import User
from applications.actions.applying import start_application
from applications.actions.carrying import still_asked
from applications.attachments.answering import still_taken
from applications.models import Application, Attachment, ListedCollaborator, form_of
from applications.permissions import check_apply_again
from audit.log import record
from lib.time import now

# What is kept of a listed person; that they confirmed it holds for one application only.
_OF_A_PERSON = (
    "email",
    "name",
    "expertise",
    "works_elsewhere",
    "works_in",
    "travels_from",
    "travels_until",
)
_OF_A_FILE = (
    "question_key",
    "name",
    "kind",
    "size_bytes",
    "sha256",
    "path",
    "scan_verdict",
    "scanned_at",
)


@transaction.atomic
def apply_again(predecessor: Application, *, by: User) -> Application:
    """Open a draft that begins with the answers, people and files of an ended application.

    Terms and confirmations are not taken over. Refuses what `start_application` refuses, such as a
    second draft, and an application that has not ended or was let in.
    """
    check_apply_again(predecessor, by)
    application = start_application(predecessor.programme, by=by)
    _take_over_answers(application, predecessor)
    people, files = _list_again(application, predecessor), _attach_again(application, predecessor)
    record(
        "application.taken_up_again",
        by=by,
        subject=application,
        details={"predecessor": str(predecessor.pk), "people": people, "files": files},
    )
    return application


def _take_over_answers(application: Application, predecessor: Application) -> None:
    form = form_of(application)
    application.predecessor = predecessor
    application.institution = predecessor.institution
    application.answers = still_asked(predecessor.answers, form)
    application.answer_versions = dict.fromkeys(application.answers, form.number)
    application.saved_at = now()
    application.save(
        update_fields=["predecessor", "institution", "answers", "answer_versions", "saved_at"]
    )


def _list_again(application: Application, predecessor: Application) -> int:
    limit = application.programme.collaborators_limit
    rows = [
        ListedCollaborator(
            application=application, **{name: getattr(person, name) for name in _OF_A_PERSON}
        )
        for person in predecessor.collaborators.all()[:limit]
    ]
    return len(ListedCollaborator.objects.bulk_create(rows))


def _attach_again(application: Application, predecessor: Application) -> int:
    """The files that the form still takes; the content is shared and lies there once."""
    rows = [
        Attachment(
            application=application,
            uploaded_by_id=file.uploaded_by_id,
            **{name: getattr(file, name) for name in _OF_A_FILE},
        )
        for file in still_taken(application, list(predecessor.attachments.fit()))
    ]
    return len(Attachment.objects.bulk_create(rows))

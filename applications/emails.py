"""The mails about an application, one function for each."""

from django.conf import settings
from django.utils.translation import gettext as _

from applications.models import Application
from organizations.models import Organization
from outbox.actions import post_message
from reviews.models import Reason


def confirm_submission(application: Application) -> None:
    due = application.due_at.date().isoformat() if application.due_at else ""
    body = _(
        "Hello %(name)s,\n\n"
        "we have received “%(title)s” (version %(version)s). It is with the reviewers now; "
        "you will have an answer by %(due)s.\n\n"
        "See where it stands: %(link)s\n"
    )
    _post(
        application,
        "submitted",
        _("We have your application"),
        body % {**_names(application), "version": application.version_count, "due": due},
    )


def ask_for_changes(application: Application, comment: str) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "the reviewers of “%(title)s” need something from you before they can decide:\n\n"
        "%(comment)s\n\n"
        "Change your answers and submit again: %(link)s\n"
        "The time until you do is not counted as review time.\n"
    )
    _post(
        application,
        "changes_requested",
        _("Your application needs an answer from you"),
        body % {**_names(application), "comment": comment},
    )


def tell_approved(application: Application, organization: Organization, comment: str) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "“%(title)s” is approved: it has a lab now, “%(lab)s”. "
        "A letter of its own says how to get there.\n\n"
        "%(comment)s\n\n"
        "Read the decision: %(link)s\n"
    )
    names = _names(application) | {"lab": organization.name, "comment": comment}
    _post(application, "approved", _("Your application is approved"), body % names)


def tell_declined(application: Application, reason: Reason, comment: str) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "“%(title)s” was not approved. The reason: %(reason)s.\n\n"
        "%(comment)s\n\n"
        "Read the decision: %(link)s\n"
    )
    names = _names(application) | {"reason": reason.label, "comment": comment}
    _post(application, "declined", _("Your application was not approved"), body % names)


def _names(application: Application) -> dict[str, object]:
    return {
        "name": application.applicant.name,
        "title": application.title,
        "link": settings.PUBLIC_URL + application.get_absolute_url(),
    }


def _post(application: Application, kind: str, subject: str, body: str) -> None:
    post_message(
        kind=f"application.{kind}", to=application.applicant.email, subject=subject, body=body
    )

"""What the applicant is told on the way to the decision."""

import datetime as dt

from django.utils.translation import gettext as _

from accounts.models import User
from applications.emails.posting import day_of, post_to_applicant, words_of
from applications.models import Application
from applications.states import ApplicationStatus
from reviews.models import Appeal


def confirm_submission(application: Application) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "we have received “%(title)s” (version %(version)s). It is with the reviewers now; "
        "you will have an answer by %(due)s.\n\n"
        "See where it stands: %(link)s\n"
    )
    words = {**words_of(application), "version": application.version_count}
    post_to_applicant(application, "submitted", _("We have your application"), body % words)


def ask_for_changes(application: Application, comment: str, answer_by: dt.date) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "the reviewers of “%(title)s” need something from you before they can decide:\n\n"
        "%(comment)s\n\n"
        "Change your answers and submit again by %(answer_by)s: %(link)s\n"
        "The time until you do is not counted as review time.\n"
    )
    words = {**words_of(application), "comment": comment, "answer_by": day_of(answer_by)}
    subject = _("Your application needs an answer from you")
    post_to_applicant(application, "changes_requested", subject, body % words)


def tell_extension(application: Application, reason: str, contact: User) -> None:
    """Staff took more time: why, until when, and whom to ask."""
    body = _(
        "Hello %(name)s,\n\n"
        "the review of “%(title)s” takes longer than we had said. You will have an answer by "
        "%(due)s. The reason:\n\n"
        "%(reason)s\n\n"
        "If you have a question, ask %(contact)s (%(address)s).\n"
        "See where it stands: %(link)s\n"
    )
    words = {**words_of(application), "reason": reason, **_contact(contact)}
    subject = _("A new date for the answer to your application")
    post_to_applicant(application, "extended", subject, body % words)


def tell_missed_date(
    application: Application, missed: dt.datetime, reason: str, contact: User | None
) -> None:
    """We did not keep a date: the reason, the new date and a name, on the same day."""
    body = _(
        "Hello %(name)s,\n\n"
        "we had promised you an answer about “%(title)s” by %(missed)s, and we have not kept "
        "that date. We are sorry. The reason: %(reason)s\n\n"
        "The new date is %(due)s. %(whom)s\n"
        "See where it stands: %(link)s\n"
    )
    whom = _("Whom to ask: %(contact)s (%(address)s).") % _contact(contact) if contact else ""
    words = {
        **words_of(application),
        "missed": day_of(missed),
        "reason": reason,
        "whom": whom,
    }
    subject = _("Your application: we have missed a date")
    post_to_applicant(application, "date_missed", subject, body % words)


def _contact(person: User) -> dict[str, object]:
    return {"contact": person.name, "address": person.email}


def warn_of_closing(application: Application, closes_on: dt.date) -> None:
    """A draft or a request for changes lies idle and will be closed."""
    if application.status == ApplicationStatus.DRAFT:
        body = _(
            "Hello %(name)s,\n\n"
            "your draft “%(title)s” has not been touched for a while. Unless you save it again, "
            "it will be closed on %(closes)s.\n\n"
            "Go on with it: %(link)s\n"
        )
    else:
        body = _(
            "Hello %(name)s,\n\n"
            "the reviewers of “%(title)s” still wait for your answer. Without one, the "
            "application will be closed on %(closes)s.\n\n"
            "Read what they ask and submit again: %(link)s\n"
        )
    words = {**words_of(application), "closes": day_of(closes_on)}
    subject = _("Your application will be closed on %(closes)s") % words
    post_to_applicant(application, "closing", subject, body % words)


def tell_closed(application: Application) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "“%(title)s” was closed because no answer came. Nothing was decided about it, and you "
        "may start again at any time.\n\n"
        "Read it: %(link)s\n"
    )
    subject = _("Your application was closed")
    post_to_applicant(application, "closed", subject, body % words_of(application))


def confirm_appeal(application: Application, appeal: Appeal) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "we have your appeal against the decision about “%(title)s”. Reviewers who had no part "
        "in that decision look at it; you will have their answer by %(due)s.\n\n"
        "See where it stands: %(link)s\n"
    )
    words = {**words_of(application), "due": day_of(appeal.due_at)}
    post_to_applicant(application, "appealed", _("We have your appeal"), body % words)

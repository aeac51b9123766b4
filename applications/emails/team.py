"""Letters to the people whom an applicant lists, and about their answers."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.emails.posting import day_of, post_to_applicant, words_of
from applications.models import Application, ListedCollaborator
from outbox.actions import post_message


def ask_to_confirm(person: ListedCollaborator, secret: str) -> None:
    application = person.application
    body = _(
        "Hello %(name)s,\n\n"
        "%(applicant)s (%(address)s) lists you as a collaborator in an application for research "
        "data. See what they say about you, put it right, and confirm it or decline:\n\n"
        "%(link)s\n\n"
        "The link is good until %(until)s. You need an account with this address. Without your "
        "answer the application goes on without you.\n"
    )
    words = {
        "name": person.name,
        "applicant": application.applicant.name,
        "address": application.applicant.email,
        "link": settings.PUBLIC_URL + reverse("applications:listing", args=[secret]),
        "until": day_of(person.answer_by),
    }
    post_message(
        kind="application.listed",
        to=person.email,
        subject=_("You are listed as a collaborator: please confirm"),
        body=body % words,
    )


def tell_answer(application: Application, person: ListedCollaborator) -> None:
    body = _("Hello %(name)s,\n\n%(person)s has answered: %(answer)s.\n\nSee your team: %(link)s\n")
    words = {
        **words_of(application),
        "person": person.name,
        "answer": person.get_status_display(),
    }
    subject = _("Your team: %(person)s has answered") % words
    post_to_applicant(application, "team_answer", subject, body % words)


def tell_removed(person: ListedCollaborator) -> None:
    """Only to whoever had been told that they were listed."""
    body = _(
        "Hello %(name)s,\n\n"
        "%(applicant)s has taken you off the list of collaborators in an application for research "
        "data. You need not do anything.\n"
    )
    words = {"name": person.name, "applicant": person.application.applicant.name}
    post_message(
        kind="application.unlisted",
        to=person.email,
        subject=_("You are no longer listed as a collaborator"),
        body=body % words,
    )

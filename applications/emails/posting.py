"""What every mail about an application shares."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import User
from applications.models import Application
from outbox.actions import post_message


def words_of(application: Application) -> dict[str, object]:
    """The words that most mails need."""
    return {
        "name": application.applicant.name,
        "title": application.title,
        "link": settings.PUBLIC_URL + application.get_absolute_url(),
        "due": day_of(application.due_at),
    }


def staff_link(application: Application) -> str:
    return settings.PUBLIC_URL + reverse("staff:application", args=[application.pk])


def day_of(moment: dt.datetime | dt.date | None) -> str:
    return date_format(moment, "j F Y") if moment else ""


def post_to_applicant(application: Application, kind: str, subject: str, body: str) -> None:
    post_message(
        kind=f"application.{kind}", to=application.applicant.email, subject=subject, body=body
    )


def post_to(person: User, kind: str, subject: str, body: str) -> None:
    post_message(kind=f"application.{kind}", to=person.email, subject=subject, body=body)

"""That somebody wrote. What they wrote is read in the portal alone."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from applications.emails.posting import post_to, post_to_applicant, words_of
from applications.models import Application


def tell_applicant_of_message(application: Application) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "the reviewers wrote to you about “%(title)s”. Read it and answer here:\n\n%(link)s\n"
    )
    link = reverse("applications:threads", args=[application.pk])
    words = words_of(application) | {"link": settings.PUBLIC_URL + link}
    post_to_applicant(
        application, "message_to_applicant", _("The reviewers wrote to you"), body % words
    )


def tell_staff_of_message(application: Application, person: User) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "the applicant wrote about “%(title)s”. Read it and answer here:\n\n%(link)s\n"
    )
    link = reverse("staff:talk", args=[application.pk])
    words = words_of(application) | {"name": person.name, "link": settings.PUBLIC_URL + link}
    post_to(person, "message_to_staff", _("An applicant wrote"), body % words)

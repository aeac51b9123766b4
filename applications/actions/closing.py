"""Closing what lies idle: a draft nobody touches, a request for changes nobody answers."""

from django.db import transaction

from applications import emails
from applications.actions.locking import lock
from applications.actions.reviewing import end_reviews
from applications.models import Application
from applications.states import ApplicationStatus
from audit.status import change_status
from reviews.actions import close_pause


@transaction.atomic
def expire_application(application: Application) -> Application:
    """Carrel closes it, because no answer came though the applicant was warned."""
    lock(application)
    change_status(application, ApplicationStatus.EXPIRED, by=None)
    close_pause(application)
    end_reviews(application)
    emails.tell_closed(application)
    return application

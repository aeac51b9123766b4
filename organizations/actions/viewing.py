"""Staff look into a lab that is not theirs: who looked at what stays on record."""

from django.db import models

from accounts.models import User
from audit.log import record
from organizations.models import Organization


def note_viewing(subject: models.Model, *, organization: Organization, by: User) -> None:
    """Members look at their own lab without a trace; reviewing staff do not."""
    if not by.is_reviewing_staff or organization.has_member(by):
        return
    event = f"{subject._meta.model_name}.viewed"
    record(event, by=by, subject=subject, organization=organization.pk)

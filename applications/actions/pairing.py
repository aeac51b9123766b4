"""Linking the labs of linked applications, once both were let in."""

from accounts.models import User
from applications.linked import group_of
from applications.models import Application
from organizations.actions import link_labs


def link_approved(application: Application, *, by: User) -> None:
    """The lab that was just let in is linked with those that were let in before for the project."""
    for other in group_of(application):
        if application.organization and other.organization:
            link_labs(application.organization, other.organization, by=by)

"""The lists of the queue, as an address names them with their filters."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Application
from applications.states import CLOSED, WITH_STAFF
from applications.states import ApplicationStatus as S
from staff.filters import QueueFilters


@dataclass(frozen=True)
class List:
    """One of the lists of the queue."""

    key: str
    label: str | Promise
    statuses: tuple[str, ...]
    is_by_due_date: bool = False


OPEN_LIST = List("open", _("With staff"), WITH_STAFF, is_by_due_date=True)
LISTS = {
    each.key: each
    for each in (
        OPEN_LIST,
        List("applicant", _("With the applicant"), (S.CHANGES_REQUESTED,)),
        List("decided", _("Decided or closed"), CLOSED),
    )
}


def list_of(address: Mapping[str, str]) -> List:
    return LISTS.get(address.get("show", ""), OPEN_LIST)


def filtered(
    address: Mapping[str, str], user: User, *, reviewers: list[User] | None = None
) -> QueueFilters:
    """The list that the address names, with its filters, of what the person may judge."""
    listed = Application.objects.reviewable_by(user).filter(status__in=list_of(address).statuses)
    return QueueFilters(address, queryset=listed, user=user, reviewers=reviewers)


def kept_query(address: Mapping[str, str]) -> list[tuple[str, str]]:
    """The list and the filters of the address, without the page."""
    names = {"show", *QueueFilters.base_filters}
    return [(name, str(value)) for name, value in address.items() if value and name in names]

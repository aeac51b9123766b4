"""Pages of a long list by where the last one ended, so that page 1,000 costs what page 1 costs.

There is no number of pages and no total: both would mean to read the whole list.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

PAGE_SIZE = 25
MOST_COUNTED = 100


@dataclass(frozen=True)
class Place:
    """Where a row stands in the list: its due date, where the list goes by it, and its id."""

    pk: uuid.UUID
    due_at: dt.datetime | None = None

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """What `str` wrote into an address; nothing for anything else."""
        due, _dot, pk = text.rpartition("~")
        try:
            moment = dt.datetime.fromisoformat(due) if due else None
            if moment is not None and moment.tzinfo is None:
                return None
            return cls(uuid.UUID(pk), moment)
        except ValueError:
            return None

    def __str__(self) -> str:
        due = self.due_at.isoformat().replace("+00:00", "Z") if self.due_at else ""
        return f"{due}~{self.pk}" if due else str(self.pk)


@dataclass(frozen=True)
class Page:
    """Some rows, and the places from which the neighbouring pages go on."""

    rows: list[Any]
    before: Place | None
    after: Place | None


def read_page(
    rows: QuerySet[Any], address: Mapping[str, str], *, by_due_date: bool, size: int = PAGE_SIZE
) -> Page:
    """The page that the address asks for: `after` or `before` a place, else the first.

    Lists that go by due date begin with the earliest; others with the newest.
    """
    after, before = (Place.read(address.get(name, "")) for name in ("after", "before"))
    if after and by_due_date and after.due_at is None:
        after = None
    if before and by_due_date and before.due_at is None:
        before = None
    is_backward = before is not None and after is None
    place = before if is_backward else after
    ordered = _ordered(rows, by_due_date, is_backward)
    if place is not None:
        ordered = ordered.filter(_beyond(place, by_due_date, is_backward))
    found = list(ordered[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_backward:
        found.reverse()
    first, last = _place_of(found[:1], by_due_date), _place_of(found[-1:], by_due_date)
    return Page(
        found,
        before=first if (has_more if is_backward else place is not None) else None,
        after=last if (True if is_backward else has_more) else None,
    )


def _ordered(rows: QuerySet[Any], by_due_date: bool, is_backward: bool) -> QuerySet[Any]:
    names = ["due_at", "id"] if by_due_date else ["-id"]
    ordered = rows.order_by(*names)
    return ordered.reverse() if is_backward else ordered


def _beyond(place: Place, by_due_date: bool, is_backward: bool) -> Q:
    """Rows past the place. The first condition is a range that the index is entered by."""
    if not by_due_date:
        return Q(pk__gt=place.pk) if is_backward else Q(pk__lt=place.pk)
    if is_backward:
        return Q(due_at__lte=place.due_at) & (Q(due_at__lt=place.due_at) | Q(pk__lt=place.pk))
    return Q(due_at__gte=place.due_at) & (Q(due_at__gt=place.due_at) | Q(pk__gt=place.pk))


def _place_of(rows: list[Any], by_due_date: bool) -> Place | None:
    return Place(rows[0].pk, rows[0].due_at if by_due_date else None) if rows else None


def neighbours(
    rows: QuerySet[Any], place: Place, *, by_due_date: bool
) -> tuple[uuid.UUID | None, uuid.UUID | None]:
    """The ids before and after a place; it need not be in the list any more."""
    found = []
    for is_backward in (True, False):
        beyond = _ordered(rows, by_due_date, is_backward).filter(
            _beyond(place, by_due_date, is_backward)
        )
        found.append(beyond.values_list("pk", flat=True).first())
    return found[0], found[1]


def count_up_to(rows: QuerySet[Any], *, by_due_date: bool, most: int = MOST_COUNTED) -> int:
    """How many there are, counted no further than one past `most`.

    In the order of the list, so that the same index leads to them as to the page.
    """
    return _ordered(rows, by_due_date, False)[: most + 1].count()

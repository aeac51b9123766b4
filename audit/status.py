"""The one door through which every status changes.

A model with a status brings `moves`, its table of moves from its app's `states.py`. Nothing else
writes a status; a test looks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from audit.log import Actor, record
from lib.errors import NotAllowed, Refused

Row = TypeVar("Row", bound=models.Model)
Check = Callable[[Any, Any], None]


class MoveRefused(Refused):
    """There is no such move from where the row stands now."""


@dataclass(frozen=True)
class Move:
    """One arrow: the event it is recorded under, and the check that says who may take it."""

    event: str
    check: Check


MoveTable = Mapping[tuple[str, str], Move]


def by_carrel_itself(row: Any, by: Any) -> None:
    """The check of a move that no person makes."""
    if by is not None:
        raise NotAllowed(_("Only Carrel itself makes this change."))


@transaction.atomic
def change_status(
    row: Row,
    to: str,
    *,
    by: Actor | None,
    details: dict[str, Any] | None = None,
    text: str = "",
    **changes: Any,
) -> Row:
    """Move `row` to the status `to`, with `changes` to other columns, and record it.

    The row is locked and read anew, so of two people who decide at once the second is refused.
    Answers the same object, brought up to date.
    """
    model: Any = type(row)
    locked = model._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    move = model.moves.get((locked.status, to))
    if move is None:
        raise MoveRefused(_sentence(locked, to))
    move.check(locked, by)
    before = locked.status
    for name, value in {"status": to, **changes}.items():
        setattr(locked, name, value)
        setattr(row, name, value)
    locked.save(update_fields=["status", *changes])
    record(
        move.event,
        by=by,
        subject=locked,
        organization=getattr(locked, "organization_id", None),
        details={"from": before, "to": to, **(details or {})},
        text=text,
    )
    return row


def _sentence(row: Any, to: str) -> str:
    label = dict(row._meta.get_field("status").flatchoices)
    return _(
        "This is “%(now)s” now and cannot become “%(to)s”. "
        "Somebody may have changed it meanwhile: reload the page to see where it stands."
    ) % {"now": row.get_status_display(), "to": label.get(to, to)}

"""The statuses of a listed person, from being named to deciding about it, and who may move them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.permissions import check_own
from audit.status import Move, MoveTable, by_carrel_itself
from lib.errors import NotAllowed, Refused

if TYPE_CHECKING:
    from applications.models import ListedCollaborator


class CollaboratorStatus(TextChoices):
    """Only whoever has confirmed is decided with the application."""

    LISTED = "LISTED", _("Has not answered yet")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    DECLINED = "DECLINED", _("Does not want to take part")
    LATER = "LATER", _("Later: did not confirm in time")


_S = CollaboratorStatus

COLOURS = {_S.LISTED: "yellow", _S.CONFIRMED: "green", _S.DECLINED: "red", _S.LATER: "grey"}


def check_answer_listing(person: ListedCollaborator, by: User) -> None:
    """Whoever has proved to read the address, while the application can still be changed."""
    owner = User.objects.with_verified_email(person.email)
    if by is None or owner is None or owner.pk != by.pk:
        raise NotAllowed(_now("Only the listed person may answer for themselves."))
    if not person.application.is_editable:
        raise Refused(
            _now(
                "The application was submitted meanwhile. Its lab can still propose you as a "
                "member afterwards."
            )
        )


def check_ask_again(person: ListedCollaborator, by: User) -> None:
    check_own(person.application, by)


COLLABORATOR_MOVES: MoveTable = {
    (_S.LISTED, _S.CONFIRMED): Move("collaborator.confirmed", check_answer_listing),
    (_S.LISTED, _S.DECLINED): Move("collaborator.declined", check_answer_listing),
    # Who changes their mind while it can still be changed.
    (_S.CONFIRMED, _S.DECLINED): Move("collaborator.declined", check_answer_listing),
    (_S.DECLINED, _S.CONFIRMED): Move("collaborator.confirmed", check_answer_listing),
    # Nobody holds a submission up: whoever has not answered is left for later.
    (_S.LISTED, _S.LATER): Move("collaborator.left_for_later", by_carrel_itself),
    (_S.LATER, _S.LISTED): Move("collaborator.asked_again", check_ask_again),
}

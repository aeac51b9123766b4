"""The people of a team answer for themselves: asking, confirming, declining, leaving for later."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions.applying import add_collaborator
from applications.actions.locking import lock
from applications.emails import team as letters
from applications.models import Application, ListedCollaborator
from applications.permissions import check_edit
from applications.team import CollaboratorStatus, check_answer_listing
from audit.status import change_status
from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import now

_S = CollaboratorStatus

_MOST_LETTERS = 5
_BETWEEN_LETTERS = dt.timedelta(hours=1)
# What a person may put right about themselves; the address is the one that proves who they are.
_CORRECTABLE = (
    "name",
    "expertise",
    "works_elsewhere",
    "works_in",
    "travels_from",
    "travels_until",
)


class ListingClosed(Refused):
    """The link is wrong, used, replaced, expired or another person's: one sentence for all."""

    http_status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link cannot be used. Sign in with the address that it was sent to; if it "
                "still does not open, ask whoever listed you to send a new one."
            )
        )


@transaction.atomic
def list_and_ask(application: Application, *, by: User, **person: Any) -> ListedCollaborator:
    """List a person and write to them. `person` is what `add_collaborator` takes."""
    collaborator = add_collaborator(application, by=by, **person)
    return ask_to_confirm(collaborator, by=by)


@transaction.atomic
def ask_to_confirm(collaborator: ListedCollaborator, *, by: User) -> ListedCollaborator:
    """Write to a listed person, first or again; an older link stops working.

    Refuses too many letters to one address, two within an hour, and who has answered.
    """
    application = lock(collaborator.application)
    check_edit(application, by)
    collaborator.refresh_from_db()
    _check_letters(collaborator)
    if collaborator.status == _S.LATER:
        change_status(collaborator, _S.LISTED, by=by)
    secret = new_secret()
    collaborator.token_hash = hash_secret(secret)
    collaborator.asked_at = now()
    collaborator.letters_count += 1
    collaborator.save(update_fields=["token_hash", "asked_at", "letters_count"])
    letters.ask_to_confirm(collaborator, secret)
    return collaborator


def _check_letters(collaborator: ListedCollaborator) -> None:
    name = {"name": collaborator.name}
    if collaborator.status in (_S.CONFIRMED, _S.DECLINED):
        raise Refused(_("%(name)s has answered already.") % name)
    if collaborator.letters_count >= _MOST_LETTERS:
        raise Refused(
            _("%(name)s was written to often enough: ask them in person, or remove them.") % name
        )
    if collaborator.asked_at and collaborator.asked_at + _BETWEEN_LETTERS > now():
        raise Refused(_("A letter went to %(name)s within the last hour: wait a while.") % name)


def find_listing(secret: str, *, by: User) -> ListedCollaborator:
    """The entry that a letter is about, for whoever has proved to read its address."""
    rows = ListedCollaborator.objects.select_related(
        "application__programme", "application__applicant", "application__institution"
    )
    found = rows.filter(token_hash=hash_secret(secret)).first()
    if found is None or found.answer_by is None or found.answer_by < now():
        raise ListingClosed
    try:
        check_answer_listing(found, by)
    except Refused as refusal:
        raise ListingClosed from refusal
    return found


@transaction.atomic
def confirm_details(
    collaborator: ListedCollaborator, *, by: User, **corrected: Any
) -> ListedCollaborator:
    """The person says that it is right, as corrected by themselves; the link is used up."""
    application = lock(collaborator.application)
    _answer(collaborator, _S.CONFIRMED, by=by)
    for name in _CORRECTABLE:
        if name in corrected:
            setattr(collaborator, name, corrected[name])
    collaborator.save(update_fields=list(_CORRECTABLE))
    letters.tell_answer(application, collaborator)
    return collaborator


@transaction.atomic
def decline_listing(collaborator: ListedCollaborator, *, by: User) -> ListedCollaborator:
    """The person does not want to be part of it."""
    application = lock(collaborator.application)
    _answer(collaborator, _S.DECLINED, by=by)
    letters.tell_answer(application, collaborator)
    return collaborator


def _answer(collaborator: ListedCollaborator, status: CollaboratorStatus, *, by: User) -> None:
    change_status(collaborator, status, by=by, answered_at=now(), token_hash="")

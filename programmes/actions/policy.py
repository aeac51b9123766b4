"""Changing settings, and the one way in which every change of policy is written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.nudge import nudge
from programmes.models import PolicyChange, Programme
from programmes.permissions import check_change_policy
from programmes.settings import check_text, clean_setting

_LONGEST_REASON = 500


class PolicyMoved(Refused):
    """Somebody else changed the policy since the page was opened."""


@dataclass(frozen=True)
class Changed:
    """One setting with what it was and what it became."""

    setting: str
    before: Any
    after: Any


@transaction.atomic
def change_policy(
    programme: Programme,
    *,
    changes: Mapping[str, Any],
    by: User,
    reason: str,
    revision: int | None = None,
) -> list[PolicyChange]:
    """Change settings by their names.

    Refuses whoever is no operator, a malformed value, a page that is older than the policy
    (`revision`), and changes that change nothing. Past decisions stay as they are.
    """
    lock_policy(programme, by=by, revision=revision)
    cleaned = {name: clean_setting(programme, name, value) for name, value in changes.items()}
    moved = [
        Changed(name, getattr(programme, name), value)
        for name, value in cleaned.items()
        if getattr(programme, name) != value
    ]
    if not moved:
        raise Refused(_("Nothing would change."))
    for change in moved:
        setattr(programme, change.setting, change.after)
    programme.save(update_fields=[change.setting for change in moved])
    return write_down(programme, moved, by=by, reason=reason)


def lock_policy(programme: Programme, *, by: User, revision: int | None) -> None:
    """Read the policy anew and hold it. Of two operators at once, the later one is told."""
    check_change_policy(by)
    programme.refresh_from_db(from_queryset=Programme.objects.select_for_update())
    if revision is None or revision == programme.revision:
        return
    latest = programme.changes.select_related("changed_by").first()
    who = latest.changed_by if latest else _("Somebody")
    raise PolicyMoved(
        _(
            "%(who)s changed the policy while you had this page open. Nothing of yours was "
            "saved: look at the present values below and save again."
        )
        % {"who": who}
    )


def write_down(
    programme: Programme, changed: list[Changed], *, by: User, reason: str
) -> list[PolicyChange]:
    """One row of history and one entry of the log for each change; one new revision for all."""
    reason = _clean_reason(reason)
    programme.revision += 1
    programme.save(update_fields=["revision"])
    rows = [
        PolicyChange.objects.create(
            programme=programme,
            setting=each.setting,
            before=each.before,
            after=each.after,
            reason=reason,
            revision=programme.revision,
            changed_by=by,
        )
        for each in changed
    ]
    for row in rows:
        _log(row, by)
    _wake_those_who_wait()
    return rows


def _clean_reason(reason: str) -> str:
    try:
        cleaned = check_text(reason, longest=_LONGEST_REASON)
    except ValidationError as problem:
        raise Refused(_("Reason") + ": " + " ".join(problem.messages)) from problem
    if not cleaned:
        raise Refused(_("Say why the policy changes: the history shows it."))
    return cleaned


def _log(row: PolicyChange, by: User) -> None:
    details = {"setting": row.setting, "revision": row.revision, "change": str(row.pk)}
    record("programme.changed", by=by, subject=row.programme, details=details, text=row.reason)


def _wake_those_who_wait() -> None:
    """A change may have opened what somebody waits for; the sweep finds it also without this."""
    from programmes.tasks import tell_interested  # the task calls this package

    nudge(tell_interested)

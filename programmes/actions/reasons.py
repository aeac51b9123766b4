"""Adding, changing, ordering and retiring the reasons that staff may give."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused
from lib.time import now
from programmes.actions.policy import Changed, lock_policy, write_down
from programmes.models import Programme, ReasonCode
from programmes.settings import check_text, check_texts


@transaction.atomic
def add_reason_code(
    programme: Programme,
    *,
    code: str,
    outcome: str,
    title: Mapping[str, str],
    guidance: Mapping[str, str],
    legal_ground: str,
    by: User,
    reason: str,
    revision: int | None = None,
) -> ReasonCode:
    """A new reason, the last in its list. Refuses a code that was ever used, and odd ones."""
    lock_policy(programme, by=by, revision=revision)
    if programme.reason_codes.filter(code=code).exists():
        sentence = _("There is a reason %(code)s already: change or restore it instead.")
        raise Refused(sentence % {"code": code})
    last = programme.reason_codes.filter(outcome=outcome).order_by("-position").first()
    row = ReasonCode(
        programme=programme,
        code=code,
        outcome=outcome,
        position=last.position + 1 if last else 0,
        **_texts(title, guidance, legal_ground),
    )
    _check_fields(row)
    row.save()
    _write_down(row, None, _shown(row), by=by, reason=reason)
    return row


@transaction.atomic
def change_reason_code(
    row: ReasonCode,
    *,
    title: Mapping[str, str],
    guidance: Mapping[str, str],
    legal_ground: str,
    by: User,
    reason: str,
    revision: int | None = None,
) -> ReasonCode:
    """Other words for a reason; code and outcome stay, because decisions name them."""
    _lock(row, by=by, revision=revision)
    before = _shown(row)
    for name, value in _texts(title, guidance, legal_ground).items():
        setattr(row, name, value)
    if before == _shown(row):
        raise Refused(_("Nothing would change."))
    _check_fields(row)
    row.save(update_fields=["title", "guidance", "legal_ground"])
    _write_down(row, before, _shown(row), by=by, reason=reason)
    return row


@transaction.atomic
def order_reason_codes(
    programme: Programme,
    *,
    outcome: str,
    codes: Sequence[str],
    by: User,
    reason: str,
    revision: int | None = None,
) -> None:
    """The order in which staff are offered the reasons. Refuses a list that is not complete."""
    lock_policy(programme, by=by, revision=revision)
    rows = {row.code: row for row in ReasonCode.objects.in_use(programme, outcome)}
    before = list(rows)
    if sorted(codes) != sorted(before):
        raise Refused(_("The list of reasons has changed meanwhile: look at it again."))
    if list(codes) == before:
        raise Refused(_("Nothing would change."))
    for position, code in enumerate(codes):
        rows[code].position = position
        rows[code].save(update_fields=["position"])
    change = Changed(f"reason_order.{outcome}", before, list(codes))
    write_down(programme, [change], by=by, reason=reason)


@transaction.atomic
def retire_reason_code(
    row: ReasonCode, *, by: User, reason: str, revision: int | None = None
) -> ReasonCode:
    """Offer a reason no longer; decisions that name it keep it. Refuses the last of its list."""
    _lock(row, by=by, revision=revision)
    if row.is_retired:
        raise Refused(_("This reason is retired already."))
    others = ReasonCode.objects.in_use(row.programme, row.outcome).exclude(pk=row.pk)
    if not others.exists():
        raise Refused(_("Staff need at least one reason: add another before you retire this one."))
    return _set_retired(row, now(), by=by, reason=reason)


@transaction.atomic
def restore_reason_code(
    row: ReasonCode, *, by: User, reason: str, revision: int | None = None
) -> ReasonCode:
    """Offer a retired reason again."""
    _lock(row, by=by, revision=revision)
    if not row.is_retired:
        raise Refused(_("This reason is in use already."))
    return _set_retired(row, None, by=by, reason=reason)


def _set_retired(row: ReasonCode, moment: Any, *, by: User, reason: str) -> ReasonCode:
    before = _shown(row)
    row.retired_at = moment
    row.save(update_fields=["retired_at"])
    _write_down(row, before, _shown(row), by=by, reason=reason)
    return row


def _lock(row: ReasonCode, *, by: User, revision: int | None) -> None:
    lock_policy(row.programme, by=by, revision=revision)
    programme = row.programme
    row.refresh_from_db()
    row.programme = programme


def _texts(
    title: Mapping[str, str], guidance: Mapping[str, str], legal_ground: str
) -> dict[str, Any]:
    try:
        cleaned: dict[str, Any] = {
            "title": check_texts(dict(title), longest=120),
            "guidance": check_texts(dict(guidance)),
            "legal_ground": check_text(legal_ground, longest=200),
        }
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    if not cleaned["title"].get("en") or not cleaned["guidance"].get("en"):
        raise Refused(_("Give the title and what the applicant can do, at least in English."))
    return cleaned


def _check_fields(row: ReasonCode) -> None:
    try:
        row.clean_fields(exclude=["programme"])
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem


def _shown(row: ReasonCode) -> dict[str, Any]:
    return {
        "title": row.title,
        "guidance": row.guidance,
        "legal_ground": row.legal_ground,
        "outcome": row.outcome,
        "is_retired": row.is_retired,
    }


def _write_down(row: ReasonCode, before: Any, after: Any, *, by: User, reason: str) -> None:
    change = Changed(f"reason.{row.code}", before, after)
    write_down(row.programme, [change], by=by, reason=reason)

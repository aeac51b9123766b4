"""Changing the words of a criterion."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused
from programmes.actions.policy import Changed, lock_policy, write_down
from programmes.models import Criterion
from programmes.settings import check_texts

CRITERION_TEXTS = (
    "title",
    "question",
    "sentence_if_met",
    "sentence_if_unmet",
    "sentence_if_unsure",
)


@transaction.atomic
def change_criterion(
    criterion: Criterion,
    *,
    texts: Mapping[str, Mapping[str, str]],
    by: User,
    reason: str,
    revision: int | None = None,
) -> Criterion:
    """Say a criterion in other words. Refuses an empty text, and no change at all."""
    programme = criterion.programme
    lock_policy(programme, by=by, revision=revision)
    criterion.refresh_from_db()
    before = {name: getattr(criterion, name) for name in CRITERION_TEXTS}
    after = {**before, **{name: _clean(texts[name]) for name in CRITERION_TEXTS if name in texts}}
    if before == after:
        raise Refused(_("Nothing would change."))
    for name, value in after.items():
        setattr(criterion, name, value)
    criterion.save(update_fields=CRITERION_TEXTS)
    moved = [name for name in CRITERION_TEXTS if before[name] != after[name]]
    change = Changed(
        f"criterion.{criterion.code}",
        {name: before[name] for name in moved},
        {name: after[name] for name in moved},
    )
    write_down(programme, [change], by=by, reason=reason)
    return criterion


def _clean(texts: Mapping[str, str]) -> dict[str, str]:
    try:
        cleaned = check_texts(dict(texts))
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    if not cleaned.get("en"):
        raise Refused(_("Each text of a criterion is needed, at least in English."))
    return cleaned

"""Publishing a version of the terms."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused
from programmes.actions.policy import Changed, lock_policy, write_down
from programmes.models import Programme, Terms
from programmes.settings import LONGEST_TERMS, check_texts


@transaction.atomic
def publish_terms(
    programme: Programme,
    *,
    body: Mapping[str, str],
    by: User,
    reason: str,
    revision: int | None = None,
) -> Terms:
    """A new version, which holds from now on; those accepted before stay on record as they were.

    Refuses a text without English, one that is too long, and the text that holds already.
    """
    lock_policy(programme, by=by, revision=revision)
    cleaned = _clean_body(body)
    current = programme.terms.order_by("-version").first()
    if current is not None and _tidy(current.body) == cleaned:
        raise Refused(_("These terms hold already: change the text to publish a new version."))
    number = current.version if current else 0
    terms = Terms.objects.create(programme=programme, version=number + 1, body=cleaned)
    write_down(programme, [Changed("terms", number, terms.version)], by=by, reason=reason)
    return terms


def _tidy(body: Mapping[str, str]) -> dict[str, str]:
    return check_texts(dict(body), longest=LONGEST_TERMS)


def _clean_body(body: Mapping[str, str]) -> dict[str, str]:
    try:
        cleaned = _tidy(body)
    except ValidationError as problem:
        raise Refused(_("Terms") + ": " + " ".join(problem.messages)) from problem
    if not cleaned.get("en"):
        raise Refused(_("Give the terms in English too: that text is read where no other is."))
    return cleaned

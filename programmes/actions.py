"""Everything that writes a policy."""

from django.db import transaction

from programmes import default_policy
from programmes.models import Criterion, Programme, Terms

DEFAULT_SLUG = "research"


@transaction.atomic
def ensure_default_programme() -> Programme:
    """The programme that a new installation starts with; an existing one stays as it is."""
    programme, is_new = Programme.objects.get_or_create(
        slug=DEFAULT_SLUG,
        defaults={
            "name": "Research data access",
            "country_codes": default_policy.COUNTRY_CODES,
            "institution_kinds": default_policy.INSTITUTION_KINDS,
        },
    )
    if is_new:
        Terms.objects.create(programme=programme, version=1, body={"en": default_policy.TERMS})
        Criterion.objects.bulk_create(
            _criterion(programme, position, texts)
            for position, texts in enumerate(default_policy.CRITERIA)
        )
    return programme


def _criterion(programme: Programme, position: int, texts: dict[str, str]) -> Criterion:
    sentences = {key: {"en": text} for key, text in texts.items() if key != "code"}
    return Criterion(programme=programme, position=position, code=texts["code"], **sentences)

"""What every installation begins with: the default programme and its reasons."""

from django.db import transaction

from programmes import default_policy
from programmes.models import Criterion, Programme, ReasonCode, Terms

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
    ensure_reason_codes()
    return programme


@transaction.atomic
def ensure_reason_codes() -> None:
    """Give the default reasons to each programme that has none; others stay as they are."""
    for programme in Programme.objects.filter(reason_codes=None):
        ReasonCode.objects.bulk_create(
            _reason_code(programme, position, texts)
            for position, texts in enumerate(default_policy.REASON_CODES)
        )


def _reason_code(programme: Programme, position: int, texts: dict[str, str]) -> ReasonCode:
    return ReasonCode(
        programme=programme,
        position=position,
        code=texts["code"],
        outcome=texts["outcome"],
        title={"en": texts["title"]},
        guidance={"en": texts["guidance"]},
        legal_ground=texts["legal_ground"],
    )


def _criterion(programme: Programme, position: int, texts: dict[str, str]) -> Criterion:
    sentences = {key: {"en": text} for key, text in texts.items() if key != "code"}
    return Criterion(programme=programme, position=position, code=texts["code"], **sentences)

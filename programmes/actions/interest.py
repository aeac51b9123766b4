"""The waiting list: asking to be told, confirming by mail, stopping, and being told once."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_countries import countries

from audit.log import record
from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import Now, now
from outbox.models import Message
from programmes import emails
from programmes.models import Interest, InterestKind, Programme

# What one address may cause, whoever types it in.
_WISHES_OF_AN_ADDRESS = 10
_LETTERS_A_DAY = 3
_DAY = dt.timedelta(days=1)

_UNCONFIRMED_KEPT = dt.timedelta(days=14)
_TOLD_KEPT = dt.timedelta(days=30)

_A_BATCH = 200


@transaction.atomic
def ask_to_be_told(programme: Programme, *, email: str, kind: str, country_code: str = "") -> None:
    """Note a wish and ask the owner of the address to confirm it.

    It answers nothing, and the same nothing for an address that is known, new or at its limit, so
    nobody learns here who waits. Refuses what is no address, no kind or no country.
    """
    email, country_code = _clean(email, kind, country_code)
    _hold_address(email)
    mine = Interest.objects.filter(email=email)
    wish = mine.filter(programme=programme, kind=kind, country_code=country_code).first()
    is_one_too_many = wish is None and mine.count() >= _WISHES_OF_AN_ADDRESS
    if is_one_too_many or _letters_of_the_day(email) >= _LETTERS_A_DAY:
        return
    if wish is None:
        wish = Interest(programme=programme, kind=kind, email=email, country_code=country_code)
    token = new_secret()
    wish.token_hash, wish.asked_at = hash_secret(token), now()
    wish.save()
    emails.ask_to_confirm(wish, token)


def _clean(email: str, kind: str, country_code: str) -> tuple[str, str]:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused(_("This is not an e-mail address.")) from problem
    if kind not in InterestKind.values:
        raise Refused(_("Choose what you want to be told about."))
    if kind == InterestKind.INTAKE:
        return email, ""
    if country_code not in countries:
        raise Refused(_("Choose the country of your institution."))
    return email, country_code


def _hold_address(email: str) -> None:
    """Let two requests for one address wait for each other, or both would pass the limits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"interest {email}"]
        )


def _letters_of_the_day(email: str) -> int:
    lately = now() - _DAY
    return Message.objects.filter(kind=emails.CONFIRM, to=email, created_at__gt=lately).count()


@transaction.atomic
def confirm_interest(token: str) -> Interest:
    """The owner of the address wants to be told. Refuses a link that is not good any more."""
    wish = find_interest(token)
    if wish is None:
        raise Refused(
            _("This link is not good any more. Ask again on the self-check page if you like.")
        )
    if wish.confirmed_at is None:
        wish.confirmed_at = now()
        wish.save(update_fields=["confirmed_at"])
    return wish


def find_interest(token: str) -> Interest | None:
    rows = Interest.objects.select_related("programme")
    return rows.filter(token_hash=hash_secret(token)).first()


def stop_interest(token: str) -> None:
    """Forget the wish and its address; a link used twice answers the same."""
    Interest.objects.filter(token_hash=hash_secret(token)).delete()


def tell_interested() -> int:
    """Write to those whose wish is fulfilled and who were not told; answers how many.

    In batches, each its own transaction: a row that is told is never told again, and two workers
    at once pass over each other's rows.
    """
    told = 0
    for programme in Programme.objects.filter(is_public=True, intake_is_open=True):
        while count := _tell_batch(programme):
            told += count
    return told


@transaction.atomic
def _tell_batch(programme: Programme) -> int:
    due = Interest.objects.waiting().opened(programme).order_by("id")
    wishes = list(due.select_for_update(skip_locked=True, of=("self",))[:_A_BATCH])
    for wish in wishes:
        emails.tell_opened(wish)
    Interest.objects.filter(pk__in=[wish.pk for wish in wishes]).update(told_at=Now())
    if wishes:
        details = {"count": len(wishes)}
        record("programme.interested_told", by=None, subject=programme, details=details)
    return len(wishes)


def forget_interests() -> int:
    """Delete the addresses of those who never confirmed and of those who were told long ago."""
    moment = now()
    old = Q(confirmed_at=None, asked_at__lt=moment - _UNCONFIRMED_KEPT)
    old |= Q(told_at__lt=moment - _TOLD_KEPT)
    return Interest.objects.filter(old).delete()[0]

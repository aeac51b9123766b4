"""Single values of a condition: each kind of field, its accepted spellings, its refusals."""

import datetime as dt
import math
from collections.abc import Callable
from typing import TypeGuard

from django.utils.translation import gettext as _

from corpus.codebook import MOST_ID_DIGITS, REGION_CODES, VideoLength
from corpus.language.bounds import check_length
from corpus.language.errors import InvalidQuery
from corpus.language.query import Value

LARGEST_NUMBER = 2**63 - 1
LARGEST_ID = 10**MOST_ID_DIGITS - 1


def parse_value(field_name: str, value: object, place: str) -> Value:
    """One value of a field, in the type in which the engines compare it."""
    return _PARSERS[field_name](value, place)


def parse_date(value: object, place: str) -> dt.date:
    """A UTC day, written YYYYMMDD as text or as digits."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = str(value) if _is_whole(value) and value < 10**8 else value
    if isinstance(text, str) and len(text) == 8 and _is_digits(text):
        try:
            return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            raise InvalidQuery(place, _("there is no such day.")) from None
    raise InvalidQuery(place, _("must be a day written YYYYMMDD, such as 20240131."))


def _parse_id(value: object, place: str) -> int:
    """An id: an integer or its digits. Floats are refused: they have lost its end."""
    problem = _("must be an id: a whole number of up to 20 digits, as a number or as text.")
    return _bounded(_read_digits(value, place), LARGEST_ID, place, problem)


def _parse_number(value: object, place: str) -> int:
    """A count. A float passes if it is whole, because some clients know no integers."""
    problem = _("must be a whole number that is not negative.")
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)
    return _bounded(_read_digits(value, place), LARGEST_NUMBER, place, problem)


def _read_digits(value: object, place: str) -> object:
    if isinstance(value, str):
        check_length(value, place)
        if len(value) <= MOST_ID_DIGITS and _is_digits(value):
            return int(value)
    return value


def _bounded(value: object, largest: int, place: str, problem: str) -> int:
    if not _is_whole(value) or not 0 <= value <= largest:
        raise InvalidQuery(place, problem)
    return value


def _parse_text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise InvalidQuery(place, _("must be text."))
    check_length(value, place)
    if not value.strip():
        raise InvalidQuery(place, _("must not be empty."))
    if "\x00" in value:
        raise InvalidQuery(place, _("holds the character U+0000, which no query may hold."))
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InvalidQuery(place, _("holds half of a character (a lone surrogate)."))
    return value


def _parse_hashtag(value: object, place: str) -> str:
    return _parse_text(_without_mark(value, "#"), place)


def _parse_username(value: object, place: str) -> str:
    return _parse_text(_without_mark(value, "@"), place)


def _without_mark(value: object, mark: str) -> object:
    return value.removeprefix(mark) if isinstance(value, str) else value


def _parse_region(value: object, place: str) -> str:
    text = _parse_text(value, place)
    if text not in REGION_CODES:
        problem = _("must be one of the region codes: two capital letters, such as US.")
        raise InvalidQuery(place, problem)
    return text


def _parse_length(value: object, place: str) -> str:
    text = _parse_text(value, place)
    if text not in VideoLength.__members__:
        problem = _("must be one of %(known)s.") % {"known": ", ".join(VideoLength)}
        raise InvalidQuery(place, problem)
    return text


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


_PARSERS: dict[str, Callable[[object, str], Value]] = {
    "create_date": parse_date,
    "username": _parse_username,
    "region_code": _parse_region,
    "video_id": _parse_id,
    "hashtag_name": _parse_hashtag,
    "keyword": _parse_text,
    "music_id": _parse_id,
    "effect_id": _parse_id,
    "video_length": _parse_length,
    "view_count": _parse_number,
    "comment_count": _parse_number,
}

"""Understanding a video query: the union of what released clients send, or one sentence why not.

The query and its dates are `corpus.language`'s; here are the parameters around them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from django.utils.translation import gettext as _

from corpus.codebook import VIDEOS
from corpus.language import Query, parse
from research_api.errors import WireError, invalid_params

_DEFAULT_COUNT = 20
_MOST_RECORDS = 100
_MOST_DIGITS = 19
_LONGEST_FIELDS = 4_000
_YES = frozenset({"true", "1"})
_NO = frozenset({"false", "0", ""})


@dataclass(frozen=True, slots=True)
class VideoRequest:
    """One page that is asked for. `search_id` stays text, so that a refusal repeats it exactly."""

    query: Query
    fields: tuple[str, ...]
    cursor: int
    max_count: int
    search_id: str | None
    is_random: bool


def parse_video_request(fields: str, body: Mapping[str, Any]) -> VideoRequest:
    """Understand the fields of the address and the parameters of the body; others are ignored."""
    return VideoRequest(
        fields=_parse_fields(fields),
        query=parse(
            body.get("query"),
            start_date=body.get("start_date"),
            end_date=body.get("end_date"),
        ),
        cursor=_parse_cursor(body.get("cursor")),
        max_count=_parse_max_count(body.get("max_count")),
        search_id=_parse_search_id(body.get("search_id")),
        is_random=_parse_is_random(body.get("is_random")),
    )


def _parse_fields(text: str) -> tuple[str, ...]:
    """Blanks around commas and repeated names are common in clients, so both pass."""
    if len(text) > _LONGEST_FIELDS:
        raise _problem("fields", _("is too long."))
    names = tuple(dict.fromkeys(name for part in text.split(",") if (name := part.strip())))
    if not names:
        problem = _("is missing in the address; name some of %(known)s.")
        raise _problem("fields", problem % {"known": ",".join(VIDEOS.returned_names)})
    if unknown := VIDEOS.unknown_names(names):
        problem = _("%(name)s is no field of a video; these are: %(known)s.")
        shown = {"name": f'"{unknown[0][:40]}"', "known": ",".join(VIDEOS.returned_names)}
        raise _problem("fields", problem % shown)
    return names


def _parse_cursor(value: object) -> int:
    cursor = _read_whole(value, default=0)
    if cursor is None or cursor < 0:
        raise _problem("cursor", _("must be a whole number that is not negative."))
    return cursor


def _parse_max_count(value: object) -> int:
    count = _read_whole(value, default=_DEFAULT_COUNT)
    if count is None or not 1 <= count <= _MOST_RECORDS:
        problem = _("must be a whole number from 1 to %(most)d.")
        raise _problem("max_count", problem % {"most": _MOST_RECORDS})
    return count


def _parse_search_id(value: object) -> str | None:
    if value is None or value == "":
        return None
    text = str(value) if _is_whole(value) else value
    if isinstance(text, str) and len(text) <= 2 * _MOST_DIGITS and _is_digits(text):
        return text
    raise _problem("search_id", _("must be the digits that an earlier page answered."))


def _parse_is_random(value: object) -> bool:
    """Form clients write True, R clients "true"."""
    text = "" if value is None else str(value).casefold()
    if isinstance(value, (list, dict)) or text not in _YES | _NO:
        raise _problem("is_random", _("must be true or false."))
    return text in _YES


def _read_whole(value: object, *, default: int) -> int | None:
    """A whole number in any spelling that clients use (5, 5.0, "5"), else None."""
    if value is None or value == "":
        return default
    if isinstance(value, str):
        return int(value) if len(value) <= _MOST_DIGITS and _is_digits(value) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if _is_whole(value) else None


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _problem(name: str, problem: str) -> WireError:
    return invalid_params(_("%(name)s: %(problem)s") % {"name": name, "problem": problem})

"""Reading a scope that somebody wrote: every refusal names the place and says how to mend it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from corpus.codebook import REGION_CODES, TABLES
from programmes.models import SEATS_FOR_COLLABORATORS
from programmes.scope.approved import DAYS, Names, Scope, ScopeInvalid

_MOST_A_DAY = 2**31 - 1


def parse_scope(content: object) -> Scope:
    """A scope from JSON that somebody wrote; refuses with a sentence what is none."""
    if content is None:
        return Scope()
    if not isinstance(content, Mapping):
        raise ScopeInvalid("scope", _("must be an object."))
    known = [one.name for one in fields(Scope)]
    for name in content:
        if name not in known:
            problem = _("is no part of a scope; these are: %(known)s.")
            raise ScopeInvalid(str(name)[:40], problem % {"known": ", ".join(known)})
    given = {name: value for name, value in content.items() if value is not None}
    scope = Scope(**{name: _parse(name, value) for name, value in given.items()})
    _check_sense(scope)
    return scope


def _parse(name: str, value: object) -> Any:
    if name == "tables":
        return _parse_names(name, value, TABLES)
    if name == "fields":
        return _parse_fields(value)
    if name == "regions":
        return _parse_names(name, value, REGION_CODES)
    return _parse_day(name, value) if name in DAYS else _parse_limit(name, value)


def _parse_names(place: str, value: object, known: Iterable[str]) -> Names:
    if not isinstance(value, (list, tuple, set, frozenset)) or not value:
        raise ScopeInvalid(place, _("must be a list of names; leave it out to allow all."))
    for name in value:
        if not isinstance(name, str) or name not in known:
            problem = _("there is no “%(name)s”; these are: %(known)s.")
            raise ScopeInvalid(
                place, problem % {"name": str(name)[:40], "known": ", ".join(sorted(known))}
            )
    return frozenset(value)


def _parse_fields(value: object) -> dict[str, Names]:
    if not isinstance(value, Mapping):
        raise ScopeInvalid("fields", _("must be an object with a list of fields for a table."))
    _parse_names("fields", list(value) or [""], TABLES)
    return {
        table: _parse_names(f"fields.{table}", names, TABLES[table].returned_names)
        for table, names in value.items()
    }


def _parse_day(place: str, value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ScopeInvalid(place, _("must be a day written as 2027-01-31.")) from error


def _parse_limit(place: str, value: object) -> int:
    most = SEATS_FOR_COLLABORATORS if place == "collaborators_limit" else _MOST_A_DAY
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        problem = _("must be a whole number from 0 to %(most)d.")
        raise ScopeInvalid(place, problem % {"most": most})
    return value


def _check_sense(scope: Scope) -> None:
    """Refuse a scope of which nothing would be left."""
    if scope.first_day and scope.last_day and scope.last_day < scope.first_day:
        raise ScopeInvalid("last_day", _("must not lie before the first day of the data."))
    for table in scope.fields:
        if scope.refusal_of_table(table):
            problem = _("the table is not among the kinds of data of this scope; add it there.")
            raise ScopeInvalid(f"fields.{table}", problem)

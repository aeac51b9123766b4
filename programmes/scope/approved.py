"""The scope itself, what it allows, and what two scopes allow together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from django.utils.translation import gettext as _

from corpus.codebook import TABLES
from lib.errors import Refused
from programmes.models import Programme

T = TypeVar("T")
Names = frozenset[str]

QUOTA_LIMITS = (
    "research_requests_limit",
    "research_records_limit",
    "relations_requests_limit",
    "relations_records_limit",
)
LIMITS = ("collaborators_limit", *QUOTA_LIMITS)
DAYS = ("first_day", "last_day", "ends_on")


class ScopeInvalid(Refused):
    """What was written is no scope; the sentence names the place and says how to mend it."""

    http_status = 400

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(_("%(place)s: %(problem)s") % {"place": place, "problem": problem})
        self.place = place
        self.problem = problem


@dataclass(frozen=True)
class Scope:
    """None means: as the programme has it. A table that `fields` does not name gives all of its."""

    tables: Names | None = None
    fields: Mapping[str, Names] = field(default_factory=dict, hash=False)
    regions: Names | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    collaborators_limit: int | None = None
    research_requests_limit: int | None = None
    research_records_limit: int | None = None
    relations_requests_limit: int | None = None
    relations_records_limit: int | None = None
    ends_on: dt.date | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Scope:
        """What `to_json` wrote. A name that the codebook has lost since then allows nothing."""
        given = dict(stored)
        for name in ("tables", "regions"):
            if name in given:
                given[name] = frozenset(given[name])
        if "fields" in given:
            given["fields"] = {table: frozenset(names) for table, names in given["fields"].items()}
        for name in DAYS:
            if name in given:
                given[name] = dt.date.fromisoformat(given[name])
        return cls(**given)

    def to_json(self) -> dict[str, Any]:
        """Only what the scope says; the scope that says nothing is the empty object."""
        spelled = {one.name: _spell(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in spelled.items() if value not in (None, {})}

    def __bool__(self) -> bool:
        return self != Scope()

    def __and__(self, other: Scope) -> Scope:
        """What both allow."""
        limits: dict[str, Any] = {
            name: _either(min, getattr(self, name), getattr(other, name))
            for name in (*LIMITS, "last_day", "ends_on")
        }
        return Scope(
            tables=_either(_common, self.tables, other.tables),
            fields={
                table: _either(_common, self.fields.get(table), other.fields.get(table)) or Names()
                for table in {*self.fields, *other.fields}
            },
            regions=_either(_common, self.regions, other.regions),
            first_day=_either(max, self.first_day, other.first_day),
            **limits,
        )

    # Each question answers nothing when it is allowed, else the problem in words that can follow
    # the name of a place.

    def refusal_of_table(self, table: str) -> str:
        if self.tables is None or table in self.tables:
            return ""
        problem = _("your lab is not approved for this kind of data; it is approved for %(known)s.")
        return problem % {"known": ", ".join(sorted(self.tables)) or _("none")}

    def refusal_of_field(self, table: str, name: str) -> str:
        """Aliases stand for the field whose they are."""
        allowed = self.fields.get(table)
        known = TABLES[table].by_name.get(name)
        if allowed is None or (known.name if known else name) in allowed:
            return ""
        problem = _(
            "your lab is not approved for the field %(name)s; it is approved for %(known)s."
        )
        return problem % {"name": name[:40], "known": ", ".join(sorted(allowed)) or _("none")}

    def refusal_of_region(self, code: str) -> str:
        if self.regions is None or code in self.regions:
            return ""
        problem = _(
            "your lab is not approved for the region %(code)s; it is approved for %(known)s."
        )
        return problem % {"code": code, "known": self.regions_text}

    def refusal_of_first_day(self, day: dt.date) -> str:
        if self.first_day is None or day >= self.first_day:
            return ""
        problem = _("your lab is approved for data from %(day)s on; begin on that day or later.")
        return problem % {"day": self.first_day.isoformat()}

    def refusal_of_last_day(self, day: dt.date) -> str:
        if self.last_day is None or day <= self.last_day:
            return ""
        problem = _("your lab is approved for data up to %(day)s; end on that day or earlier.")
        return problem % {"day": self.last_day.isoformat()}

    @property
    def regions_text(self) -> str:
        return ", ".join(sorted(self.regions or ())) or _("none")

    def allowed_fields(self, table: str) -> tuple[str, ...]:
        """In the order of the codebook."""
        names = TABLES[table].returned_names
        allowed = self.fields.get(table)
        return names if allowed is None else tuple(name for name in names if name in allowed)

    def check_fits(self, programme: Programme) -> None:
        """A scope narrows its programme: refuse a limit that is above the programme's."""
        for name in LIMITS:
            most, asked = getattr(programme, name), getattr(self, name)
            if asked is not None and asked > most:
                problem = _("the programme allows at most %(most)d; leave it out for as many.")
                raise ScopeInvalid(name, problem % {"most": most})


@lru_cache(maxsize=1_024)
def read_scope(stored: str) -> Scope:
    """A stored scope from its JSON text: each request of each script asks for its lab's."""
    return Scope.from_json(msgspec.json.decode(stored))


def _spell(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {table: sorted(names) for table, names in sorted(value.items())}
    return value.isoformat() if isinstance(value, dt.date) else value


def _either(choose: Callable[[Any, Any], T], first: T | None, second: T | None) -> T | None:
    if first is None or second is None:
        return second if first is None else first
    return choose(first, second)


def _common(first: Names, second: Names) -> Names:
    return first & second

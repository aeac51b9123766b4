"""A query that has been understood. It is never changed; equal questions have equal digests."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from corpus.codebook import Operation
from corpus.folding import fold

Value: TypeAlias = str | int | dt.date

_FOLDED = frozenset({"keyword", "hashtag_name", "username"})


@dataclass(frozen=True, slots=True)
class Condition:
    """`values` are typed: days are dates, numbers and ids are integers, the rest is text."""

    field_name: str
    operation: Operation
    values: tuple[Value, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "operation": self.operation.value,
            "field_name": self.field_name,
            "field_values": [_spell(value) for value in self.values],
        }

    def canonical(self) -> list[Any]:
        """One spelling for every way to say the same; EQ is IN with a single value."""
        operation = Operation.IN if self.operation is Operation.EQ else self.operation
        spelled = {_spell(value) for value in self.values}
        if self.field_name in _FOLDED:
            spelled = {fold(value) for value in spelled}
        return [self.field_name, operation.value, sorted(spelled)]


def _spell(value: Value) -> str:
    """A value as the wire writes it: always text, so that no client rounds an id."""
    return value.isoformat().replace("-", "") if isinstance(value, dt.date) else str(value)


@dataclass(frozen=True)
class Query:
    """All of `all_of`, one of `any_of` (if there are any), none of `none_of`, in the dates.

    Both dates are UTC days and belong to the window: a video of 23:59:59 on `end_date` is in it.
    """

    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...]
    none_of: tuple[Condition, ...]
    start_date: dt.date
    end_date: dt.date

    def to_json(self) -> dict[str, Any]:
        """The wire shape: `query`, `start_date` and `end_date`, as a client sends them."""
        lists = {"and": self.all_of, "or": self.any_of, "not": self.none_of}
        return {
            "query": {
                name: [condition.to_json() for condition in conditions]
                for name, conditions in lists.items()
                if conditions
            },
            "start_date": _spell(self.start_date),
            "end_date": _spell(self.end_date),
        }

    @cached_property
    def _canonical(self) -> str:
        lists = {"and": self.all_of, "or": self.any_of, "not": self.none_of}
        parts: dict[str, Any] = {
            name: _without_repeats(conditions) for name, conditions in lists.items()
        }
        parts["dates"] = [_spell(self.start_date), _spell(self.end_date)]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def canonical(self) -> str:
        """A stable text in which the order of conditions and values makes no difference."""
        return self._canonical

    def digest(self) -> str:
        return hashlib.sha256(self._canonical.encode()).hexdigest()


def _without_repeats(conditions: tuple[Condition, ...]) -> list[list[Any]]:
    found = [condition.canonical() for condition in conditions]
    return sorted(item for place, item in enumerate(found) if item not in found[:place])

"""The words in which the codebook is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from django.utils.functional import Promise

from corpus.codebook.operations import Operation

Words: TypeAlias = str | Promise

# Real exports hold ids beyond 64 bits; this many digits are kept exactly everywhere.
MOST_ID_DIGITS = 20


class Kind(StrEnum):
    """The type of a field on the wire."""

    ID = "id"  # up to 20 digits: a JSON integer that spreadsheets, and 64 bits, cannot hold
    COUNT = "count"
    SECONDS = "seconds"
    TIME = "time"  # Unix seconds, UTC
    TEXT = "text"
    NAME = "name"  # a handle
    REGION = "region"
    BOOL = "bool"
    TEXTS = "texts"  # a list of texts
    STRUCT = "struct"  # an object or a list of objects, kept as it came

    @property
    def wire_type(self) -> str:
        return _WIRE_TYPES.get(self, "string")


_WIRE_TYPES = {
    Kind.ID: "integer",
    Kind.COUNT: "int64",
    Kind.SECONDS: "int64",
    Kind.TIME: "int64",
    Kind.BOOL: "bool",
    Kind.TEXTS: "list<string>",
    Kind.STRUCT: "struct",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table. `synonyms` are the names that scrapers give it."""

    name: str
    kind: Kind
    meaning: Words
    unit: Words = ""
    is_required: bool = False
    is_returned: bool = True
    aliases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryField:
    """One thing a condition may ask about, and the column it looks at."""

    name: str
    column: str
    operations: tuple[Operation, ...]
    meaning: Words
    value_form: Words


@dataclass(frozen=True)
class Table:
    """One table; `key` is the field by which a second crawl finds the row again."""

    name: str
    meaning: Words
    key: str
    fields: tuple[Field, ...]
    query_fields: tuple[QueryField, ...] = ()

    @cached_property
    def returned_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.is_returned)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Every field under its name and its aliases."""
        names = {alias: field for field in self.fields for alias in field.aliases}
        return names | {field.name: field for field in self.fields}

    def unknown_names(self, names: Iterable[str]) -> list[str]:
        """Which of the names asked for the table does not return."""
        return [
            name
            for name in names
            if (field := self.by_name.get(name)) is None or not field.is_returned
        ]

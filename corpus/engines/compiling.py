"""From a query to SQL: an expression tree by SQLGlot, and values that stay beside it.

No value ever becomes part of the SQL text, so a value can neither break out of it nor act as a
wildcard.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlglot import exp

from corpus.codebook import VIDEO_LENGTHS, Kind, Operation, VideoLength
from corpus.folding import fold
from corpus.language import Condition, Query, Value
from corpus.storage import column_type

DAY_SECONDS = 86_400
_EPOCH = dt.date(1970, 1, 1).toordinal()

_COMPARISONS: dict[Operation, type[exp.Binary]] = {
    Operation.GT: exp.GT,
    Operation.GTE: exp.GTE,
    Operation.LT: exp.LT,
    Operation.LTE: exp.LTE,
}


def day_start(day: dt.date) -> int:
    """The first second of a UTC day; plain arithmetic, so that no day is out of range."""
    return (day.toordinal() - _EPOCH) * DAY_SECONDS


class Compiler:
    """Collects the bound values of one statement while its expressions are made."""

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}

    def bind(self, value: object) -> exp.Expr:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return exp.Placeholder(this=name)

    def bind_id(self, value: object) -> exp.Expr:
        """An id in the type of its column; else a wide one would be compared row by row."""
        return exp.cast(self.bind(value), column_type(Kind.ID), dialect="duckdb")

    def matches(self, query: Query) -> exp.Expr:
        """Whether a row is in the window and fulfils all three lists."""
        created = exp.column("create_time")
        parts: list[exp.Expr] = [
            exp.GTE(this=created, expression=self.bind(day_start(query.start_date))),
            exp.LT(
                this=created.copy(),
                expression=self.bind(day_start(query.end_date) + DAY_SECONDS),
            ),
        ]
        parts += [self.condition(item) for item in query.all_of]
        if query.any_of:
            parts.append(exp.or_(*[self.condition(item) for item in query.any_of]))
        parts += [self._fails(item) for item in query.none_of]
        return exp.and_(*parts)

    def condition(self, condition: Condition) -> exp.Expr:
        return _BUILDERS[condition.field_name](self, condition.operation, condition.values)

    def _fails(self, condition: Condition) -> exp.Expr:
        """A row that lacks the field does not fulfil the condition, so `not` keeps it."""
        fulfilled = exp.Coalesce(this=self.condition(condition), expressions=[exp.false()])
        return exp.Not(this=fulfilled)


def _number(column: str) -> Callable[..., exp.Expr]:
    def build(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
        this = exp.column(column)
        if operation in _COMPARISONS:
            return _COMPARISONS[operation](this=this, expression=compiler.bind(values[0]))
        return exp.In(this=this, expressions=[compiler.bind(value) for value in values])

    return build


def _id(column: str) -> Callable[..., exp.Expr]:
    def build(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
        return exp.In(
            this=exp.column(column), expressions=[compiler.bind_id(value) for value in values]
        )

    return build


def _folded(column: str) -> Callable[..., exp.Expr]:
    def build(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
        bound = [compiler.bind(fold(str(value))) for value in values]
        return exp.In(this=exp.column(column), expressions=bound)

    return build


def _listed(column: str, spell: Callable[[str], str]) -> Callable[..., exp.Expr]:
    def build(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
        wanted = compiler.bind([spell(str(value)) for value in values])
        return exp.Anonymous(this="list_has_any", expressions=[exp.column(column), wanted])

    return build


def _keyword(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
    column = exp.column("description_key")
    return exp.or_(
        *[
            exp.Anonymous(
                this="contains", expressions=[column.copy(), compiler.bind(fold(str(value)))]
            )
            for value in values
        ]
    )


def _create_date(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
    days = [value for value in values if isinstance(value, dt.date)]
    ranges = [_day_range(operation, day) for day in days]
    return exp.or_(*[_between(compiler, "create_time", *found) for found in ranges])


def _day_range(operation: Operation, day: dt.date) -> tuple[int | None, int | None]:
    """First and last second of the days that stand in this relation to the given day."""
    start = day_start(day)
    end = start + DAY_SECONDS - 1
    return {
        Operation.GT: (end + 1, None),
        Operation.GTE: (start, None),
        Operation.LT: (None, start - 1),
        Operation.LTE: (None, end),
    }.get(operation, (start, end))


def _video_length(compiler: Compiler, operation: Operation, values: Sequence[Value]) -> exp.Expr:
    ranges = [_length_range(operation, VideoLength(str(value))) for value in values]
    return exp.or_(*[_between(compiler, "video_duration", *found) for found in ranges])


def _length_range(operation: Operation, length: VideoLength) -> tuple[int | None, int | None]:
    """First and last second of the classes that stand in this relation to the given class."""
    bounds = VIDEO_LENGTHS[length]
    if operation is Operation.GT:
        # No class is longer than the last; an empty range says so.
        return (1, 0) if bounds.last is None else (bounds.last + 1, None)
    return {
        Operation.GTE: (bounds.first, None),
        Operation.LT: (None, bounds.first - 1),
        Operation.LTE: (None, bounds.last),
    }.get(operation, (bounds.first, bounds.last))


def _between(compiler: Compiler, column: str, first: int | None, last: int | None) -> exp.Expr:
    """Both ends included; without any end, the column only has to be there."""
    parts: list[exp.Expr] = []
    if first is not None:
        parts.append(exp.GTE(this=exp.column(column), expression=compiler.bind(first)))
    if last is not None:
        parts.append(exp.LTE(this=exp.column(column), expression=compiler.bind(last)))
    if not parts:
        parts.append(exp.Not(this=exp.Is(this=exp.column(column), expression=exp.null())))
    return exp.and_(*parts)


_BUILDERS: dict[str, Callable[..., exp.Expr]] = {
    "create_date": _create_date,
    "username": _folded("username_key"),
    "region_code": _number("region_code"),
    "video_id": _id("id"),
    "hashtag_name": _listed("hashtag_keys", fold),
    "keyword": _keyword,
    "music_id": _id("music_id"),
    "effect_id": _listed("effect_ids", str),
    "video_length": _video_length,
    "view_count": _number("view_count"),
    "comment_count": _number("comment_count"),
}

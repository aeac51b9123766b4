"""Understanding a query: from what a client sent to a `Query`, or one sentence why not."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from corpus.codebook import VIDEO_QUERY_FIELDS, Operation, QueryField
from corpus.language.bounds import LISTS, check_size
from corpus.language.errors import InvalidQuery
from corpus.language.query import Condition, Query
from corpus.language.values import parse_date, parse_value

_KEYS = ("operation", "field_name", "field_values")


def parse(
    query: object,
    *,
    start_date: object,
    end_date: object,
    longest_days: int | None = 30,
) -> Query:
    """Understand a query and its dates, or refuse with one sentence that names the place.

    `longest_days` is the greatest allowed difference between the dates: 30 lets 31 calendar days
    pass. None sets no limit.
    """
    lists = _parse_lists(query)
    start = parse_date(start_date, "start_date")
    end = parse_date(end_date, "end_date")
    _check_window(start, end, longest_days)
    return Query(lists["and"], lists["or"], lists["not"], start, end)


def _parse_lists(query: object) -> dict[str, tuple[Condition, ...]]:
    if not isinstance(query, dict):
        raise InvalidQuery("query", _("must be an object with the lists and, or, not."))
    check_size(query)
    for name in query:
        if name not in LISTS:
            problem = _("unknown key %(name)s; and, or, not are known.")
            raise InvalidQuery("query", problem % {"name": _show(name)})
    lists = {name: _parse_list(query.get(name), f"query.{name}") for name in LISTS}
    if not any(lists.values()):
        raise InvalidQuery("query", _("at least one of and, or, not must hold a condition."))
    return lists


def _parse_list(conditions: object, place: str) -> tuple[Condition, ...]:
    if conditions is None:
        return ()
    if not isinstance(conditions, list):
        raise InvalidQuery(place, _("must be a list of conditions."))
    return tuple(
        _parse_condition(item, f"{place}[{index}]") for index, item in enumerate(conditions)
    )


def _parse_condition(condition: object, place: str) -> Condition:
    if not isinstance(condition, dict):
        problem = _("must be an object with operation, field_name and field_values.")
        raise InvalidQuery(place, problem)
    for name in condition:
        if name not in _KEYS:
            problem = _("unknown key %(name)s; operation, field_name, field_values are known.")
            raise InvalidQuery(place, problem % {"name": _show(name)})
    field = _parse_field(condition.get("field_name"), f"{place}.field_name")
    operation = _parse_operation(condition.get("operation"), field, f"{place}.operation")
    values = _check_values(condition.get("field_values"), operation, f"{place}.field_values")
    parsed = (
        parse_value(field.name, value, f"{place}.field_values[{index}]")
        for index, value in enumerate(values)
    )
    return Condition(field.name, operation, tuple(parsed))


def _parse_field(name: object, place: str) -> QueryField:
    field = VIDEO_QUERY_FIELDS.get(name) if isinstance(name, str) else None
    if field is None:
        problem = _("%(name)s is not a field one can ask about; these are: %(known)s.")
        known = ", ".join(VIDEO_QUERY_FIELDS)
        raise InvalidQuery(place, problem % {"name": _show(name), "known": known})
    return field


def _parse_operation(name: object, field: QueryField, place: str) -> Operation:
    if not isinstance(name, str) or name not in field.operations:
        problem = _("%(name)s is not an operation of %(field)s; these are: %(known)s.")
        known = ", ".join(field.operations)
        shown = {"name": _show(name), "field": field.name, "known": known}
        raise InvalidQuery(place, problem % shown)
    return Operation(name)


def _check_values(values: object, operation: Operation, place: str) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise InvalidQuery(place, _("must be a list with at least one value."))
    if operation is not Operation.IN and len(values) != 1:
        problem = _("%(operation)s takes exactly one value, %(count)d were given; use IN.")
        if operation is not Operation.EQ:
            problem = _("%(operation)s takes exactly one value, %(count)d were given.")
        shown = {"operation": operation.value, "count": len(values)}
        raise InvalidQuery(place, problem % shown)
    return values


def _check_window(start: dt.date, end: dt.date, longest_days: int | None) -> None:
    if end < start:
        raise InvalidQuery("end_date", _("must not lie before start_date."))
    if longest_days is not None and (end - start).days > longest_days:
        problem = _("must lie at most %(days)d days after start_date.")
        raise InvalidQuery("end_date", problem % {"days": longest_days})


def _show(name: object) -> str:
    """A name as the sentence may carry it: short, and in quotes."""
    if name is None:
        return _("nothing")
    text = name if isinstance(name, str) else type(name).__name__
    cut = text if len(text) <= 40 else text[:40] + "…"
    return '"' + cut.encode("utf-8", "replace").decode() + '"'

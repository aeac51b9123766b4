"""Judging rows: SQL that names the first problem of each row, and the types of the good ones.

Rows are judged as whole columns inside DuckDB. Nothing is repaired that could be repaired wrongly:
an id that a spreadsheet has shortened is refused even if its true digits stand in another column.
"""

import ast
import json

import duckdb
from django.utils.translation import gettext_lazy as _

from corpus.codebook import MOST_ID_DIGITS, Field, Kind, Table
from corpus.importing.report import RefusedRow
from corpus.storage import column_type

# Later moments are milliseconds by mistake.
_LAST_SECOND = 4_102_444_800

_REASONS = {
    "missing": _("%(field)s is missing."),
    "shortened": _(
        "%(field)s is %(value)s: a spreadsheet has cut off its last digits. "
        "Export the column as text from the original."
    ),
    "fraction": _(
        "%(field)s is %(value)s: an id is a whole number, and written with a fraction it may have "
        "lost its last digits."
    ),
    "not_id": _("%(field)s is %(value)s, which is not a whole number."),
    "too_long": _("%(field)s is %(value)s; an id is kept exactly up to 20 digits, not beyond."),
    "too_large": _("%(field)s is %(value)s, which is more than 64 bits hold."),
    "not_count": _("%(field)s is %(value)s, which is not a whole number of 0 or more."),
    "not_time": _("%(field)s is %(value)s, which is neither Unix seconds nor an ISO 8601 time."),
    "time_range": _(
        "%(field)s is %(value)s, which is not between 1970 and 2099; are these milliseconds?"
    ),
    "not_region": _("%(field)s is %(value)s, which is not a code of two letters."),
    "not_bool": _("%(field)s is %(value)s, which is neither true nor false."),
    "not_texts": _("%(field)s is %(value)s, which is not a list of texts."),
    "not_struct": _("%(field)s is %(value)s, which is not JSON."),
}

# Most numbers are good, and coming back from a cast unchanged is the cheapest proof of it.
_PLAIN_NUMBER = """
    WHEN CAST(TRY_CAST({v} AS BIGINT) AS VARCHAR) = {v} AND NOT starts_with({v}, '-') THEN NULL
"""

_PROBLEMS = {
    Kind.ID: _PLAIN_NUMBER
    + f"""
        WHEN regexp_full_match({{v}}, '[+-]?[0-9]+([.,][0-9]+)?[eE][+]?[0-9]+') THEN 'shortened'
        WHEN regexp_full_match({{v}}, '[0-9]+[.,][0-9]*') THEN 'fraction'
        WHEN NOT regexp_full_match({{v}}, '0|[1-9][0-9]*') THEN 'not_id'
        WHEN length({{v}}) > {MOST_ID_DIGITS} THEN 'too_long'
    """,
    Kind.COUNT: _PLAIN_NUMBER
    + """
        WHEN NOT regexp_full_match({v}, '[0-9]+([.]0+)?') THEN 'not_count'
        WHEN TRY_CAST(split_part({v}, '.', 1) AS BIGINT) IS NULL THEN 'too_large'
    """,
    Kind.TIME: f"""
        WHEN NOT regexp_full_match({{v}}, '[0-9]+([.]0+)?')
            AND TRY_CAST({{v}} AS TIMESTAMPTZ) IS NULL THEN 'not_time'
        WHEN {{typed}} IS NULL OR {{typed}} NOT BETWEEN 0 AND {_LAST_SECOND - 1} THEN 'time_range'
    """,
    Kind.REGION: "WHEN NOT regexp_full_match({v}, '[a-zA-Z]{{2}}') THEN 'not_region'",
    Kind.BOOL: "WHEN {typed} IS NULL THEN 'not_bool'",
    Kind.TEXTS: """
        WHEN {v} LIKE '[%' AND (NOT json_valid({v}) OR NOT list_has_all(
            ['VARCHAR', 'UBIGINT', 'BIGINT'],
            list_transform(json_extract({v}, '$[*]'), lambda item: json_type(item))
        )) THEN 'not_texts'
    """,
    Kind.STRUCT: "WHEN NOT json_valid({v}) THEN 'not_struct'",
}

_TYPED = {
    Kind.ID: f"TRY_CAST({{v}} AS {column_type(Kind.ID)})",
    Kind.COUNT: "TRY_CAST(split_part({v}, '.', 1) AS BIGINT)",
    Kind.TIME: """CASE WHEN regexp_full_match({v}, '[0-9]+([.]0+)?')
        THEN TRY_CAST(split_part({v}, '.', 1) AS BIGINT)
        ELSE CAST(floor(epoch(TRY_CAST({v} AS TIMESTAMPTZ))) AS BIGINT) END""",
    Kind.REGION: "upper({v})",
    Kind.BOOL: """CASE WHEN lower({v}) IN ('true', '1') THEN true
        WHEN lower({v}) IN ('false', '0') THEN false END""",
    Kind.TEXTS: """CASE WHEN {v} LIKE '[%' THEN json_extract_string({v}, '$[*]')
        ELSE list_filter(
            list_transform(string_split({v}, ','), lambda item: ltrim(trim(item), '#')),
            lambda item: item <> ''
        ) END""",
}
_PROBLEMS[Kind.SECONDS] = _PROBLEMS[Kind.COUNT]
_TYPED[Kind.SECONDS] = _TYPED[Kind.COUNT]

_KEPT_AS_IT_IS = (Kind.TEXT, Kind.NAME)


def judge(connection: duckdb.DuckDBPyConnection, table: Table) -> list[RefusedRow]:
    """Turn the table `given` (all text) into `incoming` (typed); return the rows refused."""
    for field in table.fields:
        if field.kind is Kind.TEXTS:
            _rewrite_literals(connection, field.name)
    codes = ", ".join(f"{_code(field)} AS bad_{field.name}" for field in table.fields)
    first = " ".join(
        f"WHEN bad_{field.name} IS NOT NULL THEN"
        f" {{'code': bad_{field.name}, 'field': '{field.name}', 'value': {field.name}}}"
        for field in table.fields
    )
    typed = ", ".join(f"{_typed(field)} AS {field.name}" for field in table.fields)
    connection.execute(
        f"CREATE TABLE judged AS SELECT *, CASE {first} END AS bad"
        f" FROM (SELECT *, {codes} FROM given)"
    )
    connection.execute(
        f"CREATE TABLE incoming AS SELECT row, {typed} FROM judged WHERE bad IS NULL"
    )
    rows = connection.execute(
        "SELECT row, bad.code, bad.field, bad.value FROM judged WHERE bad IS NOT NULL ORDER BY row"
    ).fetchall()
    return [
        RefusedRow(row, str(_REASONS[code]) % {"field": name, "value": _show(value)})
        for row, code, name, value in rows
    ]


def _code(field: Field) -> str:
    """SQL for what is wrong with one field of a row: the code of a reason, or null."""
    trimmed = f"trim({field.name})"
    cases = _PROBLEMS.get(field.kind, "").format(v=trimmed, typed=_typed(field))
    missing = "'missing'" if field.is_required else "NULL"
    return f"CASE WHEN coalesce({trimmed}, '') = '' THEN {missing} {cases} END"


def _typed(field: Field) -> str:
    if field.kind in _KEPT_AS_IT_IS:
        return field.name
    value = f"nullif(trim({field.name}), '')"
    sql = _TYPED.get(field.kind, "{v}").format(v=value)
    return f"CAST({sql} AS {column_type(field.kind)})"


def _rewrite_literals(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Write lists in Python's spelling, `['a', 'b']`, as JSON; scrapers save them so."""
    rows = connection.execute(
        f"SELECT DISTINCT {name} FROM given WHERE {name} LIKE '[%' AND NOT json_valid({name})"
    ).fetchall()
    pairs = [(text, found) for (text,) in rows if (found := _read_literal(text))]
    if pairs:
        connection.execute(
            f"UPDATE given SET {name} = found.json FROM (SELECT unnest($texts) AS text,"
            f" unnest($found) AS json) AS found WHERE given.{name} = found.text",
            {"texts": [text for text, _json in pairs], "found": [found for _text, found in pairs]},
        )


def _read_literal(text: str) -> str:
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return ""
    is_texts = isinstance(found, list) and all(isinstance(item, str) for item in found)
    return json.dumps(found) if is_texts else ""


def _show(value: str | None) -> str:
    text = value or ""
    return text if len(text) <= 60 else text[:60] + "…"

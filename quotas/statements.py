"""Running one statement of the ledger by hand.

The ledger is written in SQL because each of its steps must be exactly one statement: what the
ORM would do in several, two processes could do at once. The two that write it are the functions
`quotas_reserve` and `quotas_end` of the database, in the newest migration that names each.
"""

from typing import Any

from django.db import connection


def fetch_row(sql: str, given: dict[str, Any]) -> tuple[Any, ...] | None:
    """The first row that the statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row

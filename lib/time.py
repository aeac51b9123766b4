"""The one clock: PostgreSQL's, in UTC, read through the SQL function `carrel_now()`.

Quota days, leases and waiting times must not depend on the clock of the process that asks, so
Python's own clock is never compared with stored moments. In a test database the function can be
shifted (`lib.clock`); in any other it is PostgreSQL's statement time.
"""

import datetime as dt

from django.db import connection
from django.db.models import DateTimeField, Func

UTC = dt.UTC


class Now(Func):
    """`carrel_now()` inside a query or as a column's default."""

    function = "carrel_now"
    output_field = DateTimeField()
    arity = 0


def now() -> dt.datetime:
    """The present moment of the database clock, aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT carrel_now()")
        (moment,) = cursor.fetchone()
    return moment.astimezone(UTC)


def today() -> dt.date:
    """The present UTC day of the database clock."""
    return now().date()


def next_midnight(moment: dt.datetime) -> dt.datetime:
    """The first 00:00 UTC after `moment`: when every quota day ends."""
    day = moment.astimezone(UTC).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), UTC)

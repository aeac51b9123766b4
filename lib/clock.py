"""A clock that can be moved, for databases made to be thrown away.

The function `carrel_now()` of a real database knows no offset at all. Here it is replaced by one
that adds a shift kept in a table, so that every process on that database sees the same moment;
PostgreSQL refuses this in any database whose name does not begin with `test_`.
"""

import datetime as dt

from django.db import connection

_INSTALL = """
DO $$ BEGIN
  IF current_database() NOT LIKE 'test\\_%%' THEN
    RAISE EXCEPTION 'the clock of database %% is not for moving', current_database();
  END IF;
END $$;
CREATE TABLE IF NOT EXISTS lib_test_clock (shift interval NOT NULL);
INSERT INTO lib_test_clock SELECT '0'::interval WHERE NOT EXISTS (SELECT FROM lib_test_clock);
CREATE OR REPLACE FUNCTION carrel_now() RETURNS timestamptz LANGUAGE sql STABLE
  AS 'SELECT statement_timestamp() + (SELECT shift FROM public.lib_test_clock)';
"""


def install_movable_clock() -> None:
    """Give this test database a clock that `move_clock` can move."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALL.replace("%%", "%"))


def move_clock(shift: dt.timedelta) -> None:
    """Let `carrel_now()` be PostgreSQL's time plus `shift`, for every session at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE lib_test_clock SET shift = make_interval(secs => %s)", [shift.total_seconds()]
        )

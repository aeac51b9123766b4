"""The barest ledger: a conditional UPDATE with an INSERT, and the pair of UPDATEs that settles.

It stores what Carrel's ledger stores and commits as often and as durably, in as few round trips,
with prepared statements. It knows no people, no access, no days, no foreign keys and no index but
those of its keys.
"""

import uuid

import psycopg

CREATE = """
DROP TABLE IF EXISTS reference_charge, reference_day;
CREATE TABLE reference_day (
  lab uuid PRIMARY KEY,
  requests_limit int NOT NULL, records_limit int NOT NULL,
  requests_used int NOT NULL DEFAULT 0, records_used int NOT NULL DEFAULT 0,
  requests_reserved int NOT NULL DEFAULT 0, records_reserved int NOT NULL DEFAULT 0,
  CHECK (requests_used + requests_reserved <= requests_limit),
  CHECK (records_used + records_reserved <= records_limit)
);
CREATE TABLE reference_charge (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lab uuid NOT NULL, membership uuid NOT NULL, endpoint text NOT NULL, key text NOT NULL,
  state text NOT NULL, records_reserved int NOT NULL, records int NOT NULL,
  reserved_at timestamptz NOT NULL, lease_until timestamptz NOT NULL, settled_at timestamptz,
  UNIQUE (lab, key)
);
"""

RESERVE = """
WITH day AS (
  UPDATE reference_day
  SET requests_reserved = requests_reserved + 1,
      records_reserved = records_reserved + %(records)s
  WHERE lab = %(lab)s AND requests_used + requests_reserved < requests_limit
    AND records_used + records_reserved + %(records)s <= records_limit
  RETURNING lab
)
INSERT INTO reference_charge
  (lab, membership, endpoint, key, state, records_reserved, records, reserved_at, lease_until)
SELECT lab, %(membership)s, 'video/query', %(key)s, 'RESERVED', %(records)s, %(records)s,
       now(), now() + interval '60 seconds'
FROM day RETURNING id
"""

SETTLE = """
WITH entry AS (
  UPDATE reference_charge SET state = 'SETTLED', records = %(records)s, settled_at = now()
  WHERE id = %(charge_id)s AND state = 'RESERVED'
  RETURNING lab, records_reserved
)
UPDATE reference_day day
SET requests_reserved = requests_reserved - 1, requests_used = requests_used + 1,
    records_reserved = day.records_reserved - entry.records_reserved,
    records_used = records_used + %(records)s
FROM entry WHERE day.lab = entry.lab
"""

SUMS = """
SELECT sum(requests_used), sum(records_used), sum(requests_reserved), sum(records_reserved)
FROM reference_day
"""


def reserve(
    connection: psycopg.Connection, *, lab: uuid.UUID, membership: uuid.UUID, key: str, records: int
) -> int:
    given = {"lab": lab, "membership": membership, "key": key, "records": records}
    row = connection.execute(RESERVE, given, prepare=True).fetchone()
    assert row is not None, "the reference ran out of quota"
    return int(row[0])


def settle(connection: psycopg.Connection, *, charge_id: int, records: int) -> None:
    connection.execute(SETTLE, {"charge_id": charge_id, "records": records}, prepare=True)

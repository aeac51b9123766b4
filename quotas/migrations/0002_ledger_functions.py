from django.db import migrations

# Each function is one statement, which charges or ends exactly one entry or does nothing. It is
# a function so that PostgreSQL plans it once for a connection and not at every charge: planning
# took longer than doing.

# The condition of the UPDATE is the quota. Where it is false from the start, no row is locked and
# nothing is written. `settled_at IS NULL` says RESERVED in words that no partial index matches,
# so that an entry is always found by its own key.
CREATE = """
CREATE FUNCTION quotas_reserve(
  of_membership uuid, of_client uuid, of_endpoint text, of_bucket text, of_key text,
  wanted integer, lease_seconds integer
) RETURNS TABLE (charge_id bigint, charged_day_id bigint, granted integer)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  WITH charged AS (
    UPDATE quotas_quotaday day
    SET requests_reserved = day.requests_reserved + 1,
        records_reserved = day.records_reserved
          + LEAST(wanted, day.records_limit - day.records_used - day.records_reserved),
        records_granted
          = LEAST(wanted, day.records_limit - day.records_used - day.records_reserved)
    FROM organizations_membership membership
    JOIN organizations_organization organization
      ON organization.id = membership.organization_id
     AND organization.status = 'ACTIVE'
     AND organization.starts_at <= carrel_now() AND carrel_now() < organization.ends_at
    JOIN accounts_user person ON person.id = membership.user_id AND person.is_active
    CROSS JOIN LATERAL (
      SELECT known.id FROM quotas_quotaday known
      WHERE known.organization_id = membership.organization_id AND known.bucket = of_bucket
      ORDER BY known.day DESC LIMIT 1
    ) newest
    WHERE membership.id = of_membership AND membership.status = 'ACTIVE'
      AND day.id = newest.id AND day.day >= (carrel_now() AT TIME ZONE 'UTC')::date
      AND day.requests_used + day.requests_reserved < day.requests_limit
      AND day.records_used + day.records_reserved + LEAST(wanted, 1) <= day.records_limit
      AND NOT EXISTS (
        SELECT FROM quotas_charge earlier
        WHERE earlier.organization_id = membership.organization_id
          AND earlier.key = of_key AND earlier.state <> 'RELEASED'
      )
    RETURNING day.id, day.organization_id, day.records_granted
  )
  INSERT INTO quotas_charge AS entry (
    quota_day_id, organization_id, membership_id, client_id, endpoint, key, state,
    records_reserved, records, reserved_at, lease_until
  )
  SELECT charged.id, charged.organization_id, of_membership, of_client, of_endpoint, of_key,
         'RESERVED', charged.records_granted, charged.records_granted,
         carrel_now(), carrel_now() + make_interval(secs => lease_seconds)
  FROM charged
  RETURNING entry.id, entry.quota_day_id, entry.records;
END $$;

CREATE FUNCTION quotas_end(
  of_charge bigint, new_state text, requests_charged integer, records_charged integer
) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  WITH ended AS (
    UPDATE quotas_charge entry
    SET state = new_state, records = records_charged, settled_at = carrel_now()
    WHERE entry.id = of_charge AND entry.settled_at IS NULL
      AND entry.records_reserved >= records_charged
    RETURNING entry.quota_day_id, entry.records_reserved
  )
  UPDATE quotas_quotaday day
  SET requests_reserved = day.requests_reserved - 1,
      records_reserved = day.records_reserved - ended.records_reserved,
      requests_used = day.requests_used + requests_charged,
      records_used = day.records_used + records_charged
  FROM ended WHERE day.id = ended.quota_day_id;
  RETURN FOUND;
END $$;
"""

DROP = """
DROP FUNCTION quotas_end(bigint, text, integer, integer);
DROP FUNCTION quotas_reserve(uuid, uuid, text, text, text, integer, integer);
"""


class Migration(migrations.Migration):
    """The two statements that write the ledger."""

    dependencies = [("quotas", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

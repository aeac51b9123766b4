from importlib import import_module

from django.db import migrations

BEFORE = import_module("quotas.migrations.0002_ledger_functions").CREATE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)

# A lab's own limit, where it has one, goes before that of the day's row and counts at once. The
# row takes it over with each request that is admitted: where the own limit lies below what is
# used, nothing is admitted, the row keeps the limit under which that much was charged, and its
# constraints hold. An empty page asks for no record, so used records do not stand in its way.
AFTER = """
CREATE OR REPLACE FUNCTION quotas_reserve(
  of_membership uuid, of_client uuid, of_endpoint text, of_bucket text, of_key text,
  wanted integer, lease_seconds integer
) RETURNS TABLE (charge_id bigint, charged_day_id bigint, granted integer)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
  WITH charged AS (
    UPDATE quotas_quotaday day
    SET requests_limit = COALESCE(own.requests, day.requests_limit),
        records_limit = GREATEST(
          COALESCE(own.records, day.records_limit), day.records_used + day.records_reserved
        ),
        requests_reserved = day.requests_reserved + 1,
        records_reserved = day.records_reserved + GREATEST(0, LEAST(wanted,
          COALESCE(own.records, day.records_limit) - day.records_used - day.records_reserved)),
        records_granted = GREATEST(0, LEAST(wanted,
          COALESCE(own.records, day.records_limit) - day.records_used - day.records_reserved))
    FROM organizations_membership membership
    JOIN organizations_organization organization
      ON organization.id = membership.organization_id
     AND organization.status = 'ACTIVE'
     AND organization.starts_at <= carrel_now() AND carrel_now() < organization.ends_at
    JOIN accounts_user person ON person.id = membership.user_id AND person.is_active
    CROSS JOIN LATERAL (
      SELECT CASE of_bucket WHEN 'relations' THEN organization.relations_requests_limit
                            ELSE organization.research_requests_limit END AS requests,
             CASE of_bucket WHEN 'relations' THEN organization.relations_records_limit
                            ELSE organization.research_records_limit END AS records
    ) own
    CROSS JOIN LATERAL (
      SELECT known.id FROM quotas_quotaday known
      WHERE known.organization_id = membership.organization_id AND known.bucket = of_bucket
      ORDER BY known.day DESC LIMIT 1
    ) newest
    WHERE membership.id = of_membership AND membership.status = 'ACTIVE'
      AND day.id = newest.id AND day.day >= (carrel_now() AT TIME ZONE 'UTC')::date
      AND day.requests_used + day.requests_reserved < COALESCE(own.requests, day.requests_limit)
      AND (wanted = 0 OR day.records_used + day.records_reserved
                         < COALESCE(own.records, day.records_limit))
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
"""


class Migration(migrations.Migration):
    """Reserving reads the limits that a lab was approved for."""

    dependencies = [
        ("organizations", "0002_approved_scope"),
        ("quotas", "0002_ledger_functions"),
    ]
    operations = [migrations.RunSQL(AFTER, BEFORE)]

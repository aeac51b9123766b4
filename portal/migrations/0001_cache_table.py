from django.db import migrations

CREATE = """
CREATE TABLE portal_cache (
  cache_key varchar(255) PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX portal_cache_expires ON portal_cache (expires);
"""


class Migration(migrations.Migration):
    """The cache that sign-in limits live in; Django's database cache reads and writes it."""

    initial = True
    operations = [migrations.RunSQL(CREATE, "DROP TABLE portal_cache;")]

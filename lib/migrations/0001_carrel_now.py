from django.db import migrations

CREATE = """
CREATE FUNCTION carrel_now() RETURNS timestamptz LANGUAGE sql STABLE
  AS 'SELECT statement_timestamp()';
"""


class Migration(migrations.Migration):
    """The one clock of quota days, leases and waiting times."""

    initial = True
    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION carrel_now();")]

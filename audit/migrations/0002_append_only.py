from django.db import migrations

CREATE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
-- The words of an entry may be erased, never rewritten.
CREATE TRIGGER audit_entrytext_append_only BEFORE UPDATE ON audit_entrytext
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();

CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal
  EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_entrytext_no_truncate BEFORE TRUNCATE ON audit_entrytext
  EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_await_seal AFTER INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_await_seal();
"""

DROP = """
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP TRIGGER audit_seal_append_only ON audit_seal;
DROP TRIGGER audit_entrytext_append_only ON audit_entrytext;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_seal_no_truncate ON audit_seal;
DROP TRIGGER audit_entrytext_no_truncate ON audit_entrytext;
DROP TRIGGER audit_entry_await_seal ON audit_entry;
DROP FUNCTION audit_await_seal();
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    """Entries are added and sealed; nothing changes, removes or empties them."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

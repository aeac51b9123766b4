"""Published forms never change; what was answered before belongs to the first one."""

import datetime as dt

from django.db import migrations
from django.db.models.functions import Now

HOLD = """
CREATE FUNCTION applications_keep_published_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'a published form is neither changed nor deleted: % is refused', TG_OP;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER applications_formversion_stays BEFORE UPDATE OR DELETE ON applications_formversion
  FOR EACH ROW EXECUTE FUNCTION applications_keep_published_form();
"""

LET_GO = """
DROP TRIGGER applications_formversion_stays ON applications_formversion;
DROP FUNCTION applications_keep_published_form();
"""


def give_a_form(apps, schema_editor):
    """What was written before forms had versions gets the built-in one, and a length of access."""
    application_model = apps.get_model("applications", "Application")
    for programme_id in application_model.objects.values_list("programme", flat=True).distinct():
        form = _first_form(apps, programme_id)
        for application in application_model.objects.filter(programme=programme_id, form=None):
            application.form = form
            _give_length(application)
            application.save(update_fields=["form", "answers", "answer_versions"])
            for version in application.versions.all():
                version.form = form
                _give_length(version)
                version.save(update_fields=["form", "answers", "answer_versions"])


def _first_form(apps, programme_id):
    from applications.questions import to_json
    from applications.questions.builtin import BUILTIN

    form, _is_new = apps.get_model("applications", "FormVersion").objects.get_or_create(
        programme_id=programme_id,
        number=1,
        defaults={"definition": to_json(BUILTIN), "published_at": Now()},
    )
    return form


def _give_length(row):
    """A first and a last day were asked for; now a length is. The last day is kept as it was."""
    row.answer_versions = dict.fromkeys(row.answers, 1)
    first, last = row.answers.get("starts_on"), row.answers.get("ends_on")
    if first and last and "access_days" not in row.answers:
        days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days + 1
        row.answers["access_days"] = max(days, 1)
        row.answer_versions["access_days"] = 1


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_form_versions")]

    operations = [
        migrations.RunSQL(HOLD, LET_GO),
        migrations.RunPython(give_a_form, migrations.RunPython.noop),
    ]

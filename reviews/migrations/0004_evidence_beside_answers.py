from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_what_was_said_before")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="question_key",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="evidence",
            name="part_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="asserted_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("SYSTEM", "This portal"),
                    ("PERSON", "The applicant"),
                    ("REGISTRY", "The registry of institutions"),
                    ("INSTITUTION", "The institution"),
                    ("IDENTITY_PROVIDER", "An identity provider"),
                ],
                max_length=120,
            ),
        ),
    ]

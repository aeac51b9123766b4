"""Requests to leave something out of the public register."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import lib.ids
import lib.time

PARTS = [
    ("TITLE", "The title of the project"),
    ("SUMMARY", "The summary for the public"),
    ("LINES", "The topics and other public answers"),
    ("INSTITUTION", "The institution"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0009_linked_applications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lib.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=lib.time.Now(), editable=False),
                ),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=PARTS, max_length=20), size=None
                    ),
                ),
                ("reason", models.TextField()),
                ("is_granted", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="applications.application",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(decided_at=None, decided_by=None, is_granted=None)
                        | Q(
                            decided_at__isnull=False,
                            decided_by__isnull=False,
                            is_granted__isnull=False,
                        ),
                        name="redaction_decided_at_by",
                    ),
                    models.UniqueConstraint(
                        fields=["application"],
                        condition=Q(decided_at=None),
                        name="redaction_one_open",
                    ),
                ],
            },
        ),
    ]

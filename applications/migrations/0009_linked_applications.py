"""Applications of several institutions for one project."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import lib.ids
import lib.time


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_takes_up_another")]

    operations = [
        migrations.CreateModel(
            name="LinkedApplication",
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
                ("group", models.UUIDField(db_index=True, default=uuid.uuid4)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked",
                        to="applications.application",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="LinkInvitation",
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
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("handed_on_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_up_invitations",
                        to="applications.application",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="link_invitations",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["origin", "email"],
                        condition=Q(answered_at=None, revoked_at=None),
                        name="link_invitation_once_while_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(application=None) | Q(answered_at__isnull=False),
                        name="link_invitation_taken_up_by_answer",
                    ),
                    models.CheckConstraint(
                        condition=Q(answered_at=None) | Q(revoked_at=None),
                        name="link_invitation_answered_or_revoked",
                    ),
                ],
            },
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django_countries.fields
import institutions.fields
import lib.ids
import lib.time
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegistryImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lib.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("created_at", models.DateTimeField(db_default=lib.time.Now(), editable=False)),
                ("file_name", models.CharField(max_length=250)),
                ("read_count", models.PositiveIntegerField()),
                ("added_count", models.PositiveIntegerField()),
                ("updated_count", models.PositiveIntegerField()),
                ("refused_count", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="institution",
            name="added_domains",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=253), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="barred_domains",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=253), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="caution",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="institution",
            name="domain_skeletons",
            field=institutions.fields.DerivedTexts(
                base_field=models.TextField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="keys",
            field=institutions.fields.DerivedTexts(
                base_field=models.TextField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="names",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="institution",
            name="other_country_codes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=2), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="place",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="institution",
            name="prominence",
            field=institutions.fields.DerivedNumber(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="registry_status",
            field=models.CharField(
                choices=[
                    ("ACTIVE", "Active"),
                    ("INACTIVE", "Closed or merged"),
                    ("WITHDRAWN", "Withdrawn from the registry"),
                ],
                default="ACTIVE",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="relationships",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="institution",
            name="ror_domains",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=253), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="search_text",
            field=institutions.fields.DerivedText(default="", editable=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="source",
            field=models.CharField(
                choices=[
                    ("ROR", "Research Organization Registry"),
                    ("OWN", "Added by the operator"),
                ],
                default="ROR",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="subdivision",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name="institution",
            name="country",
            field=django_countries.fields.CountryField(
                blank=True, max_length=2, verbose_name="country"
            ),
        ),
        migrations.AlterField(
            model_name="institution",
            name="domains",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=253), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="institution",
            name="ror_id",
            field=models.CharField(blank=True, max_length=40, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="institution",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector(
                    "search_text", config="simple"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["search"], name="institution_search"
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["keys"], name="institution_keys"
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["domains"], name="institution_domains"
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["domain_skeletons"], name="institution_lookalikes"
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(
                condition=models.Q(("prominence__gte", 40)),
                fields=["-prominence", "name"],
                name="institution_prominent",
            ),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("prominence__gte", 40)),
                fastupdate=False,
                fields=["search"],
                name="institution_prominent_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ror_id__isnull", False), ("source", "ROR")),
                    models.Q(("ror_id__isnull", True), ("source", "OWN")),
                    _connector="OR",
                ),
                name="institution_of_ror_has_its_id",
            ),
        ),
    ]

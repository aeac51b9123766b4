"""Fill the desk's columns of what was handed in before there were any."""

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import migrations
from django.db.models import Value

from institutions.folding import spellings

_WORST_FIRST = ("RED", "YELLOW", "GREEN")


def fill(apps: Any, schema_editor: Any) -> None:
    handed_in = apps.get_model("applications", "Application").objects.filter(
        submitted_at__isnull=False, search=None
    )
    rows = handed_in.select_related("applicant", "institution").defer("search")
    for row in rows.order_by("id").iterator(chunk_size=500):
        handed_in.filter(pk=row.pk).update(
            colour=_colour(apps, row),
            country_code=_country(row),
            search=SearchVector(Value(_words(row)), config="simple"),
        )


def _colour(apps: Any, row: Any) -> str:
    evidence = apps.get_model("reviews", "Evidence").objects.filter(
        subject_id=row.pk, version=row.version_count
    )
    found = set(evidence.order_by().values_list("colour", flat=True).distinct())
    return next((colour for colour in _WORST_FIRST if colour in found), "")


def _country(row: Any) -> str:
    if row.institution is not None:
        return str(row.institution.country)
    return str(row.answers.get("institution_country") or "")


def _words(row: Any) -> str:
    answers, institution = row.answers, row.institution
    texts = [
        answers.get("project_title", ""),
        answers.get("full_name", ""),
        row.applicant.name,
        row.applicant.email,
        institution.name if institution else answers.get("institution_name", ""),
    ]
    return " ".join(spelling for text in texts for spelling in spellings(str(text)))


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0006_desk_columns"),
        ("reviews", "0002_judging_together"),
        ("accounts", "0001_initial"),
        ("institutions", "0002_registry_search_and_sources"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

"""Everything that writes the registry."""

import csv
from pathlib import Path

from institutions.models import Institution

# Facts of the Research Organization Registry, which publishes them under CC0.
_KNOWN = Path(__file__).parent / "known.csv"


def ensure_known_institutions() -> None:
    """A few well-known institutions, so that a new installation can be tried at once."""
    with _KNOWN.open(newline="", encoding="utf-8") as rows:
        institutions = [_institution(row) for row in csv.DictReader(rows)]
    Institution.objects.bulk_create(institutions, ignore_conflicts=True)


def _institution(row: dict[str, str]) -> Institution:
    return Institution(
        ror_id=row["ror_id"],
        name=row["name"],
        country=row["country"],
        kinds=row["kinds"].split("|"),
        domains=row["domains"].split("|"),
        website=row["website"],
    )

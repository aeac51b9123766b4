"""Records as the Research Organization Registry publishes them (schema version 2)."""

import json

import pytest

from institutions.actions import import_registry


def ror_record(number=1, name="Sample University", **changes):
    """One whole record; `aliases`, `acronyms` and `labels` are lists of names."""
    extra = {
        kind: changes.pop(key, [])
        for kind, key in (("alias", "aliases"), ("acronym", "acronyms"), ("label", "labels"))
    }
    names = [{"value": name, "types": ["ror_display", "label"], "lang": "en"}]
    names += [
        {"value": value, "types": [kind], "lang": None}
        for kind, values in extra.items()
        for value in values
    ]
    place = {"country_code": "NL", "country_subdivision_code": "NH", "name": "Amsterdam"}
    place["country_code"] = changes.pop("country", "NL")
    return {
        "id": f"https://ror.org/0{number:08d}",
        "names": names,
        "status": "active",
        "types": ["education"],
        "domains": [],
        "links": [],
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "relationships": [],
        "established": None,
        "external_ids": [],
        "admin": {},
        **changes,
    }


def relation(kind, number, label):
    return {"type": kind, "id": f"https://ror.org/0{number:08d}", "label": label}


@pytest.fixture
def load(db, tmp_path):
    """Write records to a file and import it."""

    def write_and_import(*records, **options):
        path = tmp_path / "dump.json"
        path.write_text(json.dumps(records), encoding="utf-8")
        return import_registry(path, skip_refused=options.get("skip_refused", False), by=None)

    return write_and_import

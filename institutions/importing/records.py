"""One record of the registry, schema version 2, as a row of ours."""

import re
from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from institutions.domains import host_of, read_domain
from institutions.models import LONGEST_NAME, Institution, RegistryStatus

_ID = re.compile(r"(?:https?://ror\.org/)?([a-z0-9][a-z0-9-]{2,39})")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LONGEST_URL = 200
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadRecord(ValueError):
    """Why a record is no institution."""


class Name(msgspec.Struct):
    value: str
    types: list[str] = []
    lang: str | None = None


class Place(msgspec.Struct):
    country_code: str | None = None
    country_subdivision_code: str | None = None
    name: str | None = None


class Location(msgspec.Struct):
    geonames_details: Place


class Link(msgspec.Struct):
    type: str
    value: str


class Relationship(msgspec.Struct):
    type: str
    id: str
    label: str = ""


class Record(msgspec.Struct):
    """The part of a record that Carrel keeps."""

    id: str
    names: Annotated[list[Name], Meta(min_length=1)]
    status: Literal["active", "inactive", "withdrawn"]
    types: list[Annotated[str, Meta(max_length=20)]]
    locations: list[Location] = []
    domains: list[str] | None = None
    links: list[Link] = []
    relationships: list[Relationship] = []


def read_record(value: Any) -> Institution:
    """The row, not yet saved; raises `BadRecord` with the reason."""
    if isinstance(value, dict) and "names" not in value and "name" in value:
        raise BadRecord(
            _("this is version 1 of the schema; take the file of version 2 of the same release")
        )
    try:
        record = msgspec.convert(value, Record)
    except msgspec.ValidationError as problem:
        raise BadRecord(str(problem)) from problem
    return _institution(record)


def _institution(record: Record) -> Institution:
    names = _names(record)
    website = _website(record)
    told = sorted({domain for each in record.domains or [] if (domain := read_domain(each))})
    places = [location.geonames_details for location in record.locations]
    codes = list(dict.fromkeys(code for place in places if (code := _country(place))))
    first = places[0] if places else Place()
    return Institution(
        ror_id=_ror_id(record.id),
        name=_shown_name(record)[:LONGEST_NAME],
        names=names,
        country=codes[0] if codes else "",
        other_country_codes=codes[1:],
        subdivision=_clean(first.country_subdivision_code or "")[:10],
        place=_clean(first.name or "")[:200],
        kinds=list(dict.fromkeys(_clean(kind) for kind in record.types)),
        registry_status=RegistryStatus[record.status.upper()],
        relationships=_relationships(record),
        ror_domains=told,
        domains=told or _website_domain(website),
        website=website,
    )


def _ror_id(identifier: str) -> str:
    found = _ID.fullmatch(identifier.strip())
    if found is None:
        raise BadRecord(_("%(id)s is no identifier of the registry") % {"id": identifier[:80]})
    return found[1]


def _names(record: Record) -> list[dict[str, Any]]:
    return [
        {"value": value, "types": sorted(name.types), "lang": name.lang}
        for name in record.names
        if (value := _clean(name.value))
    ]


def _shown_name(record: Record) -> str:
    """The name that the registry shows; every record of the schema has one."""
    for name in record.names:
        if "ror_display" in name.types and (shown := _clean(name.value)):
            return shown
    raise BadRecord(_("it has no name of the type ror_display"))


def _country(place: Place) -> str:
    code = (place.country_code or "").upper()
    return code if _COUNTRY.fullmatch(code) else ""


def _relationships(record: Record) -> list[dict[str, str]]:
    return [
        {"type": other.type, "ror_id": _ror_id(other.id), "label": _clean(other.label)}
        for other in record.relationships
    ]


def _website(record: Record) -> str:
    """The first website that is an address; a longer one than we can keep is left out."""
    links = (_clean(link.value) for link in record.links if link.type == "website")
    urls = (link for link in links if link.startswith(("http://", "https://")))
    return next((url for url in urls if len(url) <= _LONGEST_URL), "")


def _website_domain(website: str) -> list[str]:
    host = host_of(website)
    return [host] if host else []


def _clean(text: str) -> str:
    """In one line, without what PostgreSQL cannot hold."""
    return " ".join(_UNSTORABLE.sub("", text).split())

"""Which column of a file holds which field.

A column is known by the field's name, its aliases and the names that common scrapers give it, in
any case of letters. If several columns of a file mean one field, the field's own name comes first
and the others fill its gaps. An id is never taken from anywhere but an id column.
"""

from django.utils.translation import gettext as _

from corpus.codebook import Field, Table
from lib.errors import Refused

# A video's address holds its creator's handle.
_ADDRESSES = ("webvideourl", "video_url", "videourl")


def find_columns(table: Table, names: list[str]) -> dict[str, list[str]]:
    """The columns of each field that the file has, best first."""
    found = {field.name: _columns_of(field, names) for field in table.fields}
    return {name: columns for name, columns in found.items() if columns}


def find_addresses(table: Table, names: list[str]) -> list[str]:
    if table.name != "videos":
        return []
    return [name for name in names if name.lower() in _ADDRESSES]


def _columns_of(field: Field, names: list[str]) -> list[str]:
    known = [field.name, *field.aliases, *field.synonyms]
    ranks = {name.lower(): rank for rank, name in reversed([*enumerate(known)])}
    matching = [name for name in dict.fromkeys(names) if name.lower() in ranks]
    return sorted(matching, key=lambda name: (ranks[name.lower()], name != field.name))


def check_required(table: Table, found: dict[str, list[str]], addresses: list[str]) -> None:
    """Refuse a file that cannot hold a single good row."""
    missing = [
        field.name
        for field in table.fields
        if field.is_required
        and field.name not in found
        and not (field.name == "username" and addresses)
    ]
    if missing:
        problem = _("The file has no column for %(missing)s, which every row of %(table)s needs.")
        raise Refused(problem % {"missing": ", ".join(missing), "table": table.name})

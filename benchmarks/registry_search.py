"""`registry_search`: finding an institution among 120,000, against the bare indexed SELECT.

The registry is made up from a seed in the shape of the real one: kinds, languages, acronyms,
closed entries, and ties of which a few institutions have very many. It comes in by the import.
"""

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from applications.registry import SHOWN, search_registry
from benchmarks.pairs import compare
from benchmarks.references import registry_search as reference
from institutions.actions import import_registry
from institutions.folding import fold_name, query_words
from institutions.models import Institution
from institutions.searching import beginnings_of

SEED = 20_261_122
INSTITUTION_COUNT = 120_000
ROUNDS = 3

_STARTS = [
    "Am",
    "Ber",
    "Cor",
    "Dü",
    "El",
    "Fra",
    "Gö",
    "Hel",
    "Ín",
    "Kø",
    "Lau",
    "Mün",
    "Nor",
    "Ös",
]
_MIDDLES = ["ster", "li", "do", "ssel", "ba", "nk", "tti", "sin", "ve", "pen", "san", "che", "ra"]
_ENDS = ["dam", "n", "va", "dorf", "furt", "ngen", "ki", "borg", "havn", "ne", "ster", "way", "lo"]
# Each kind with its share of a hundred and its names; the first is the one that is shown.
_KINDS: dict[str, tuple[int, list[str]]] = {
    "education": (22, ["University of {}", "Université de {}", "Universität {}"]),
    "company": (25, ["{} Technologies ({} {})"]),
    "facility": (12, ["{} Institute of Physics", "Institut de physique de {}"]),
    "healthcare": (14, ["{} University Hospital", "Hôpital de {}"]),
    "nonprofit": (13, ["Foundation {}", "Fundación {}"]),
    "government": (8, ["Ministry of Health of {}", "Ministère de la Santé de {}"]),
    "archive": (6, ["{} Museum of History"]),
}
# What people type, with a city in it.
_TYPED = [
    "University of {}",
    "universite de {}",
    "univ {}",
    "{} institute",
    "hopital {}",
    "{}",
    "ministry health {}",
]


def registry_search(*, institution_count: int = INSTITUTION_COUNT) -> dict[str, Any]:
    """Milliseconds of one search, on average over what people type."""
    chance = random.Random(SEED)
    begun = time.perf_counter()
    import_made_up(institution_count, chance)
    import_seconds = round(time.perf_counter() - begun, 1)
    typed = [pattern.format(fold_name(_city(chance))) for pattern in _TYPED for _ in range(4)]
    columns = [field.column for field in _fields()]
    with psycopg.connect(**_address(), autocommit=True) as bare_connection:
        bare = partial(reference.search, bare_connection, columns=columns, most=SHOWN)
        terms = {text: terms_of(text) for text in typed}
        found = sum(check(text, bare(terms[text])) for text in typed)
        return compare(
            partial(_measure, lambda text: list(search_registry(text)), typed),
            partial(_measure, lambda text: bare(terms[text]), typed),
            unit="ms per search",
            institutions=Institution.objects.count(),
            searches=len(typed),
            found=found,
            import_seconds=import_seconds,
            seed=SEED,
        )


def _address() -> dict[str, Any]:
    """Where the database is, without what Django adds to it."""
    given = connection.get_connection_params()
    return {
        key: given[key] for key in ("host", "port", "user", "password", "dbname") if key in given
    }


def _fields() -> list[Any]:
    """What a search answers: all columns but those that only the indexes read."""
    deferred = Institution.objects.for_reading().query.deferred_loading[0]
    return [field for field in Institution._meta.concrete_fields if field.name not in deferred]


def terms_of(text: str) -> reference.Terms:
    words = query_words(text, most=8)
    return reference.Terms(
        whole=fold_name(text),
        words=" & ".join(words),
        beginnings=beginnings_of(words),
    )


def check(text: str, rows: list[tuple[Any, ...]]) -> int:
    """Both find the same rows in the same order, with the same columns; answers how many."""
    ours = [
        [_plain(getattr(each, field.attname)) for field in _fields()]
        for each in search_registry(text)
    ]
    assert ours == [list(row) for row in rows], text
    return len(rows)


def _plain(value: Any) -> Any:
    """A country is an object of its own to Carrel and two letters to PostgreSQL."""
    return value.code if hasattr(value, "code") else value


def _measure(search: Callable[[str], Any], typed: list[str]) -> float:
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        for text in typed:
            search(text)
    return (time.perf_counter() - begun) * 1000 / (ROUNDS * len(typed))


def import_made_up(count: int, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records(count, chance))
        import_registry(path, skip_refused=False, by=None)


def records(count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Records of the registry's schema, version 2."""
    kinds, shares = list(_KINDS), [share for share, _names in _KINDS.values()]
    for number in range(count):
        kind = chance.choices(kinds, shares)[0]
        city = _city(chance)
        domain = f"i{number}.example"
        yield {
            "id": f"https://ror.org/0{number:08d}",
            "names": list(_names(kind, city, number)),
            "status": chance.choices(["active", "inactive", "withdrawn"], [94, 5, 1])[0],
            "types": [kind],
            "domains": [domain] if chance.random() < 0.7 else [],
            "links": [{"type": "website", "value": f"https://www.{domain}"}],
            "locations": [{"geonames_details": {"country_code": "NL", "name": city}}],
            "relationships": list(_ties(chance, count)),
        }


def _city(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)


def _names(kind: str, city: str, number: int) -> Iterator[dict[str, Any]]:
    shown, *others = _KINDS[kind][1]
    value = f"{shown.format(city, city, number)} {number}"
    yield {"value": value, "types": ["ror_display", "label"], "lang": "en"}
    for other in others:
        yield {"value": other.format(city), "types": ["label"], "lang": None}
    acronym = "".join(word[0] for word in value.split()).upper()
    yield {"value": acronym, "types": ["acronym"], "lang": None}


def _ties(chance: random.Random, count: int) -> Iterator[dict[str, str]]:
    """Most have none or few; one in fifty has dozens."""
    few = chance.choice([0, 0, 1, 2, 4])
    for _ in range(chance.randrange(30, 90) if chance.random() < 0.02 else few):
        other = chance.randrange(count)
        yield {"type": "related", "id": f"https://ror.org/0{other:08d}", "label": f"Tie {other}"}


BENCHMARKS: dict[str, Callable[[], dict[str, Any]]] = {"registry_search": registry_search}

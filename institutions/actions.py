"""Everything that writes the registry."""

import csv
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from institutions.domains import host_of, is_academic_suffix, read_domain
from institutions.folding import fold_name, key_of
from institutions.importing import DumpReport, load_dump
from institutions.mail import gives_addresses_to_anybody
from institutions.models import Institution, RegistryImport, Source
from institutions.permissions import check_curate_registry
from lib.errors import Refused

# Facts of the Research Organization Registry, which publishes them under CC0.
_KNOWN = Path(__file__).parent / "known.csv"


def ensure_known_institutions() -> None:
    """A few well-known institutions, so that a new installation can be tried at once.

    An import adopts them by their identifiers. Rows from before there was a search get the columns
    that it reads.
    """
    with _KNOWN.open(newline="", encoding="utf-8") as rows:
        known = {row["ror_id"]: _institution(row) for row in csv.DictReader(rows)}
    Institution.objects.bulk_create(known.values(), ignore_conflicts=True)
    for unsearchable in Institution.objects.filter(search_text=""):
        if unsearchable.ror_id in known:
            unsearchable.names = known[unsearchable.ror_id].names
            unsearchable.caution = known[unsearchable.ror_id].caution
        unsearchable.save()


def _institution(row: dict[str, str]) -> Institution:
    return Institution(
        ror_id=row["ror_id"],
        name=row["name"],
        names=_known_names(row),
        country=row["country"],
        kinds=row["kinds"].split("|"),
        domains=row["domains"].split("|"),
        website=row["website"],
        caution=row["caution"],
    )


def _known_names(row: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"value": value, "types": [kind], "lang": None}
        for kind in ("label", "alias", "acronym")
        for value in ([row["name"]] if kind == "label" else row[kind].split("|"))
        if value
    ]


@transaction.atomic
def import_registry(path: Path, *, skip_refused: bool, by: User | None) -> DumpReport:
    """Read a dump: add what is new, update what changed, keep what the operator added.

    Refuses a file that is damaged or holds faulty records, and writes nothing then.
    """
    report = load_dump(path, skip_refused=skip_refused)
    done = RegistryImport.objects.create(
        file_name=path.name[:250],
        read_count=report.read,
        added_count=report.added,
        updated_count=report.updated,
        refused_count=report.refused,
    )
    counts = {"read": report.read, "added": report.added, "updated": report.updated}
    record("registry.imported", by=by, subject=done, details={**counts, "refused": report.refused})
    return report


@transaction.atomic
def add_institution(
    *, name: str, country: str, kinds: list[str], domains: list[str], website: str, by: User
) -> Institution:
    """Add an institution that the registry lacks; refuses one that it has by that name there."""
    check_curate_registry(by)
    same = Institution.objects.filter(keys__contains=[key_of(fold_name(name))], country=country)
    if known := same.first():
        sentence = _("%(name)s is in the registry already. Open it and add what it lacks.")
        raise Refused(sentence % {"name": known.name})
    read = read_domains(domains) or [each for each in [host_of(website)] if each]
    institution = Institution.objects.create(
        source=Source.OWN,
        name=name,
        names=[{"value": name, "types": ["label"], "lang": None}],
        country=country,
        kinds=kinds,
        domains=read,
        added_domains=read,
        website=website,
    )
    record("institution.added", by=by, subject=institution)
    return institution


@transaction.atomic
def change_domains(institution: Institution, *, domains: list[str], by: User) -> Institution:
    """Let exactly these domains count; what the operator adds or takes away outlasts imports."""
    check_curate_registry(by)
    locked = Institution.objects.select_for_update().get(pk=institution.pk)
    before, wanted = locked.domains, read_domains(domains)
    added = [each for each in wanted if each in locked.added_domains or each not in before]
    taken = [each for each in before if each not in wanted and each not in locked.added_domains]
    kept_out = [each for each in locked.barred_domains if each not in wanted]
    locked.domains, locked.added_domains = wanted, added
    locked.barred_domains = list(dict.fromkeys([*kept_out, *taken]))
    locked.save()
    details = {
        "added": [each for each in wanted if each not in before],
        "removed": [each for each in before if each not in wanted],
    }
    record("institution.domains_changed", by=by, subject=locked, details=details)
    return locked


@transaction.atomic
def note_caution(institution: Institution, *, caution: str, by: User) -> Institution:
    """What reviewers should know of the institution; nothing takes an earlier note away."""
    check_curate_registry(by)
    locked = Institution.objects.select_for_update().get(pk=institution.pk)
    locked.caution = caution
    locked.save()
    record("institution.caution_noted", by=by, subject=locked, text=caution)
    return locked


def read_domains(texts: list[str]) -> list[str]:
    """Domains in their one spelling; refuses what cannot be one institution's own."""
    domains = []
    for text in texts:
        domain = read_domain(text.strip().removeprefix("@"))
        if not domain:
            raise Refused(_("“%(text)s” is no domain. Write it like uva.nl.") % {"text": text[:80]})
        if is_academic_suffix(domain):
            sentence = _("%(domain)s is shared by many institutions. Name the part below it.")
            raise Refused(sentence % {"domain": domain})
        if gives_addresses_to_anybody(domain):
            sentence = _("%(domain)s gives addresses to anybody, so it shows no institution.")
            raise Refused(sentence % {"domain": domain})
        domains.append(domain)
    return list(dict.fromkeys(domains))

"""The hash chain: sealing new entries in batches, and proving that nobody rewrote old ones.

Writers insert plain rows, so that one chain does not make all labs wait for each other. The
sealer, alone under an advisory lock, links whatever has been committed since its last visit.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from audit.log import hash_text
from audit.models import Entry, EntryText, Seal, Unsealed

_LOCK = 4_017_351
_BATCH = 1_000
_START = "0" * 64


@dataclass(frozen=True)
class Verdict:
    """What verification found; `head` is the hash to keep outside of the database."""

    count: int
    head: str
    problems: tuple[str, ...]


def seal() -> int:
    """Chain every committed entry that is not chained yet; answers how many."""
    total = 0
    while sealed := _seal_batch():
        total += sealed
    return total


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    waiting = list(
        Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:_BATCH]
    )
    last = Seal.objects.order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, _START)
    seals = []
    for entry in Entry.objects.filter(id__in=waiting).order_by("id"):
        position += 1
        previous = link(previous, entry)
        seals.append(Seal(position=position, entry_id=entry.id, hash=previous))
    Seal.objects.bulk_create(seals)
    Unsealed.objects.filter(entry_id__in=waiting).delete()
    return len(waiting)


def link(previous: str, entry: Entry) -> str:
    """The hash of an entry together with all before it."""
    fields = [
        previous,
        entry.id,
        entry.at.isoformat(),
        entry.event,
        str(entry.actor_id),
        entry.subject_kind,
        entry.subject_id,
        str(entry.organization_id),
        entry.details,
        entry.text_hash,
    ]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> Verdict:
    """Seal first, then walk the whole chain and name every place where it does not hold."""
    seal()
    previous, position, problems = _START, 0, []
    for seal_row, entry in _sealed_entries():
        position += 1
        if seal_row.position != position:
            problems.append(f"seal {position} is missing")
            position = seal_row.position
        if entry is None:
            problems.append(f"entry {seal_row.entry_id} was deleted")
            previous = seal_row.hash
            continue
        if link(previous, entry) != seal_row.hash:
            problems.append(f"entry {entry.id} or its seal was rewritten")
        previous = seal_row.hash
    problems += _unsealed_problems() + _text_problems()
    return Verdict(position, previous, tuple(problems))


def _sealed_entries() -> Iterator[tuple[Seal, Entry | None]]:
    last = 0
    while batch := list(Seal.objects.filter(position__gt=last).order_by("position")[:_BATCH]):
        entries = Entry.objects.in_bulk([row.entry_id for row in batch])
        for row in batch:
            yield row, entries.get(row.entry_id)
        last = batch[-1].position


def _unsealed_problems() -> list[str]:
    """Entries that reached the table past its trigger have neither seal nor waiting row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM audit_entry e"
            " WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)"
            " AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.entry_id = e.id)"
            " ORDER BY e.id LIMIT 20"
        )
        return [f"entry {entry_id} was added behind the log's back" for (entry_id,) in cursor]


def _text_problems() -> list[str]:
    problems = []
    hashes = Entry.objects.exclude(text_hash="").values_list("id", "text_hash")
    texts = {row.entry_id: row for row in EntryText.objects.iterator()}
    for entry_id, text_hash in hashes.iterator():
        row = texts.get(entry_id)
        if row and hash_text(row.salt, row.text) != text_hash:
            problems.append(f"the text of entry {entry_id} was rewritten")
    return problems

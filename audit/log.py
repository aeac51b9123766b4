"""Writing the log: `record` is called in the transaction of what it records.

If the entry cannot be written, the deed is not done either.
"""

import hashlib
import re
import secrets
import uuid
from typing import Any, Protocol

from django.db.models import Model

from audit.models import Entry, EntryText

_EVENT = re.compile(r"[a-z_]+\.[a-z_]+")


class Actor(Protocol):
    """A person; `None` in its place stands for Carrel itself."""

    pk: Any


def record(
    event: str,
    *,
    by: Actor | None,
    subject: Model,
    organization: uuid.UUID | None = None,
    details: dict[str, Any] | None = None,
    text: str = "",
) -> Entry:
    """Add one entry.

    `event` is `noun.past_participle`; `details` holds opaque ids, codes and counts only. What a
    person wrote goes into `text`, which can be erased without breaking the chain.
    """
    if not _EVENT.fullmatch(event):
        raise ValueError(f"{event!r} is not of the form noun.past_participle")
    salt = secrets.token_hex(16) if text else ""
    entry = Entry.objects.create(
        event=event,
        actor_id=by.pk if by is not None else None,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        organization_id=organization,
        details=details or {},
        text_hash=hash_text(salt, text) if text else "",
    )
    if text:
        EntryText.objects.create(entry_id=entry.id, salt=salt, text=text)
    return entry


def hash_text(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()

"""The tables of the log. Rows are added by `audit.log`, chained by `audit.chain`, never changed.

There are no foreign keys: an entry outlives what it speaks of. Personal text lies apart in
`EntryText`, which may be erased; the entry keeps a salted hash of it.
"""

from django.db import models

from lib.time import Now


class Entry(models.Model):
    """One thing that happened."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    event = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    organization_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    text_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["organization_id", "id"], name="audit_by_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.event}"


class EntryText(models.Model):
    """The words that belong to an entry; the only part of the log that may be erased."""

    entry_id = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return f"text of {self.entry_id}"


class Unsealed(models.Model):
    """Entries that the sealer has yet to chain; a trigger adds the row with the entry."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "unsealed"

    def __str__(self) -> str:
        return f"unsealed {self.entry_id}"


class Seal(models.Model):
    """One link of the hash chain, in the order in which the sealer saw the entries."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal {self.position}"

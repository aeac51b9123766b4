"""What every table with a public identifier shares."""

from django.db import models

from lib.ids import uuid7
from lib.time import Now


class PublicModel(models.Model):
    """A row that people and URLs name by a time-ordered identifier."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True

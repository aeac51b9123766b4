"""The generations of each corpus. The data themselves lie in files; see `layout.py`."""

from django.db import models
from django.db.models import Q

from lib.models import PublicModel


class GenerationQuerySet(models.QuerySet["Generation"]):
    def current(self, corpus: str) -> "Generation | None":
        """What readers of this corpus see now."""
        return self.filter(corpus=corpus, is_current=True).first()


class Generation(PublicModel):
    """One unchanging state of a corpus. A new import makes a new one and publishes it."""

    corpus = models.CharField(max_length=63)
    number = models.PositiveIntegerField()
    table_counts = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    is_current = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = GenerationQuerySet.as_manager()

    class Meta:
        ordering = ["corpus", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["corpus", "number"], name="corpus_generation_number_is_unique"
            ),
            models.UniqueConstraint(
                fields=["corpus"],
                condition=Q(is_current=True),
                name="corpus_has_one_current_generation",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(published_at__isnull=False),
                name="corpus_current_generation_is_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.corpus}/{self.name}"

    @property
    def name(self) -> str:
        """The name of its folder, which searches and manifests cite."""
        return f"{self.number:06d}"

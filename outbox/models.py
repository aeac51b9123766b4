"""Messages on their way out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lib import secrets
from lib.models import PublicModel
from lib.time import Now


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self) -> "MessageQuerySet":
        """Not sent, not given up, due, and in no sender's hands."""
        return self.filter(
            sent_at=None, failed_at=None, not_before__lte=Now(), lease_until__lte=Now()
        )


class Message(PublicModel):
    """One e-mail, written in the transaction of what it tells and sent after it.

    The body is encrypted because it may hold a link that lets its reader in.
    """

    kind = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    body_encrypted = models.BinaryField()
    not_before = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(db_default=Now())
    attempt_count = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        indexes = [
            models.Index(
                fields=["not_before"],
                name="outbox_waiting",
                condition=models.Q(sent_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def body(self) -> str:
        return secrets.decrypt(self.body_encrypted)

"""The budget of one lab, bucket and UTC day, and the ledger of what was charged to it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lib.time import Now
from organizations.models import Client, Membership, Organization
from quotas.buckets import Bucket


class QuotaDay(models.Model):
    """The counters of one day. `used` is settled, `reserved` is promised to requests under way."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="quota_days"
    )
    bucket = models.CharField(max_length=20, choices=Bucket)
    day = models.DateField()
    requests_limit = models.PositiveIntegerField()
    records_limit = models.PositiveIntegerField()
    requests_used = models.PositiveIntegerField(default=0)
    records_used = models.PositiveIntegerField(default=0)
    requests_reserved = models.PositiveIntegerField(default=0)
    records_reserved = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("quota day")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "bucket", "day"], name="quota_day_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    requests_limit__gte=F("requests_used") + F("requests_reserved")
                ),
                name="quota_requests_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(
                    records_limit__gte=F("records_used") + F("records_reserved")
                ),
                name="quota_records_within_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.bucket} {self.day}"

    @property
    def requests_left(self) -> int:
        return self.requests_limit - self.requests_used - self.requests_reserved

    @property
    def records_left(self) -> int:
        return self.records_limit - self.records_used - self.records_reserved


class ChargeState(models.TextChoices):
    RESERVED = "RESERVED", _("Reserved")
    SETTLED = "SETTLED", _("Charged")
    RELEASED = "RELEASED", _("Given back")
    WASTED = "WASTED", _("Charged for a failure upstream")


class Charge(models.Model):
    """One entry of the ledger: a request and the records it may carry or has carried.

    `key` makes a charge idempotent inside its lab: reserving again under the same key answers
    the same entry.
    """

    id = models.BigAutoField(primary_key=True)
    quota_day = models.ForeignKey(QuotaDay, models.PROTECT, related_name="charges")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="charges")
    client = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="+")
    endpoint = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    state = models.CharField(
        max_length=10, choices=ChargeState, default=ChargeState.RESERVED
    )
    requests = models.PositiveIntegerField(default=1)
    records = models.PositiveIntegerField()
    reserved_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    states: ClassVar = ChargeState

    class Meta:
        verbose_name = _("charge")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"], name="charge_once_by_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="charge_unsettled",
                condition=Q(state="RESERVED"),
            ),
            models.Index(fields=["quota_day", "membership"], name="charge_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

"""The budget of one lab, bucket and UTC day, and the ledger of what was charged to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lib.time import Now
from organizations.models import Client, Membership, Organization
from quotas.buckets import Bucket


class QuotaDay(models.Model):
    """The counters of one day. `used` is settled, `reserved` is promised to requests under way.

    The limits are those with which the newest request was admitted. A lab's own limits count from
    the moment they are set, those of the programme from the next day.
    """

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="quota_days", db_index=False
    )
    bucket = models.CharField(max_length=20, choices=Bucket)
    day = models.DateField()
    requests_limit = models.PositiveIntegerField()
    records_limit = models.PositiveIntegerField()
    requests_used = models.PositiveIntegerField(default=0)
    records_used = models.PositiveIntegerField(default=0)
    requests_reserved = models.PositiveIntegerField(default=0)
    records_reserved = models.PositiveIntegerField(default=0)
    # How many records the newest reservation was given. PostgreSQL before 18 has no other way to
    # carry out of one UPDATE how much of what was asked for was left.
    records_granted = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("quota day")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "bucket", "day"], name="quota_day_once"
            ),
            models.CheckConstraint(
                condition=Q(requests_limit__gte=F("requests_used") + F("requests_reserved")),
                name="quota_requests_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(records_limit__gte=F("records_used") + F("records_reserved")),
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
    """One entry of the ledger: one request and the records it may carry or has carried.

    `records_reserved` stays what was promised. `records` is what counts: the same while the
    entry is reserved, what was delivered once it is settled, nothing if given back or wasted.
    `key` makes a charge idempotent inside its lab: reserving again under the same key answers
    the same entry. An entry that was given back frees its key and stays as history.
    """

    id = models.BigAutoField(primary_key=True)
    # Every index is written at each charge, so there are only those that a query reads:
    # `charge_by_member` serves the day, `charge_once_by_key` the Organization.
    quota_day = models.ForeignKey(QuotaDay, models.PROTECT, related_name="charges", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", db_index=False)
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="charges", db_index=False
    )
    client = models.ForeignKey(Client, models.SET_NULL, null=True, related_name="+", db_index=False)
    endpoint = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=ChargeState, default=ChargeState.RESERVED)
    records_reserved = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    reserved_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("charge")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"],
                condition=~Q(state=ChargeState.RELEASED),
                name="charge_once_by_key",
            ),
            models.CheckConstraint(
                condition=Q(state=ChargeState.RESERVED, records=F("records_reserved"))
                | Q(state=ChargeState.SETTLED, records__lte=F("records_reserved"))
                | Q(state__in=[ChargeState.RELEASED, ChargeState.WASTED], records=0),
                name="charge_counts_by_state",
            ),
            models.CheckConstraint(
                condition=Q(state=ChargeState.RESERVED, settled_at=None)
                | (~Q(state=ChargeState.RESERVED) & Q(settled_at__isnull=False)),
                name="charge_settled_at_by_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="charge_unsettled",
                condition=Q(state=ChargeState.RESERVED),
            ),
            models.Index(fields=["quota_day", "membership"], name="charge_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"

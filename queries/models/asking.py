"""What a lab asks, each execution of it, its pages and the result; and frozen searches."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.status import MoveTable
from lib.models import PublicModel
from lib.time import Now
from organizations.models import Client, Membership, Organization
from queries.states import QUERY_MOVES, RUN_MOVES, UNFINISHED, QueryStatus, RunStatus


class OfLabQuerySet(models.QuerySet[Any]):
    """Rows of a lab, which its members and reviewing staff may see."""

    def visible_to(self, user: User) -> OfLabQuerySet:
        return self.filter(organization__in=Organization.objects.visible_to(user))


class QueryQuerySet(OfLabQuerySet):
    def awaiting(self, user: User) -> QueryQuerySet:
        """Queries that this person, as principal researcher of an open lab, has to decide."""
        led = Membership.objects.active().filter(user=user, seat=0).values("organization_id")
        labs = Organization.objects.open().filter(pk__in=led)
        waiting = self.filter(status=QueryStatus.AWAITING_APPROVAL, organization__in=labs)
        return waiting.select_related("organization", "membership__user").order_by("pk")


class Query(PublicModel):
    """A question in the query language, as one member of a lab wrote it.

    `definition` has the wire shape (`and`, `or`, `not`); the dates are inclusive, in UTC.
    """

    moves: ClassVar[MoveTable] = QUERY_MOVES

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="queries")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="queries")
    name = models.CharField(_("name"), max_length=100)
    definition = models.JSONField()
    start_date = models.DateField()
    end_date = models.DateField()
    fields = ArrayField(models.CharField(max_length=40))
    status = models.CharField(max_length=20, choices=QueryStatus, default=QueryStatus.DRAFT)
    decision_comment = models.TextField(blank=True)

    objects: ClassVar[Any] = QueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("query")
        verbose_name_plural = _("queries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=QueryStatus.values), name="query_has_status"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Search(models.Model):
    """A frozen, ordered result that pages are read from: generation, query, block boundaries.

    `id` is the `search_id` of the wire format: digits only, below 2^63.
    """

    id = models.BigIntegerField(primary_key=True)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+")
    corpus = models.SlugField()
    generation = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    definition = models.JSONField()
    start_date = models.DateField()
    end_date = models.DateField()
    total_count = models.BigIntegerField()
    block_size = models.PositiveIntegerField()
    boundaries = ArrayField(models.DecimalField(max_digits=20, decimal_places=0))
    random_seed = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "searches"
        indexes = [
            models.Index(fields=["client", "digest", "-created_at"], name="search_newest"),
            models.Index(fields=["expires_at"], name="search_by_expiry"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SearchChunk(models.Model):
    """One hundred records of a search, read ahead from the corpus as a JSON array."""

    id = models.BigAutoField(primary_key=True)
    search = models.ForeignKey(Search, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    records = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "number"], name="search_chunk_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id} {self.number}"


class RunQuerySet(OfLabQuerySet):
    def unfinished(self) -> RunQuerySet:
        return self.filter(status__in=UNFINISHED)

    def due(self) -> RunQuerySet:
        """Unfinished, past the moment they wait for, and in no worker's hands."""
        return self.unfinished().filter(not_before__lte=Now(), lease_until__lte=Now())


class Run(PublicModel):
    """One execution of a query.

    A worker holds it by a lease; `attempt` counts the leases, and a write that carries an older
    attempt is refused. `failure_count` counts what went wrong since the last stored page.
    """

    moves: ClassVar[MoveTable] = RUN_MOVES

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="runs")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="runs")
    query = models.ForeignKey(Query, models.PROTECT, related_name="runs")
    status = models.CharField(max_length=20, choices=RunStatus, default=RunStatus.QUEUED)
    search = models.ForeignKey(Search, models.SET_NULL, null=True, related_name="+")
    total_count = models.BigIntegerField(null=True)
    cursor = models.BigIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    record_count = models.BigIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(db_default=Now())
    attempt = models.PositiveIntegerField(default=0)
    failure_count = models.PositiveSmallIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="run_has_status")
        ]
        indexes = [
            models.Index(
                fields=["not_before", "lease_until"],
                name="run_due",
                condition=Q(status__in=UNFINISHED),
            )
        ]

    def __str__(self) -> str:
        return f"run {self.id}"

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def has_all_records(self) -> bool:
        """Even a query that finds nothing costs its one page."""
        return self.page_count > 0 and self.cursor >= (self.total_count or 0)


class Page(models.Model):
    """One request of a run: at most 100 records, charged once and stored once."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    cursor = models.BigIntegerField()
    record_count = models.PositiveSmallIntegerField()
    charge_id = models.BigIntegerField(unique=True)
    records = models.BinaryField()
    records_hash = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("page")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="page_once")]

    def __str__(self) -> str:
        return f"{self.run_id} page {self.number}"


class Result(PublicModel):
    """The files that a complete run made, and the manifest of how it made them."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="results")
    run = models.OneToOneField(Run, models.PROTECT, related_name="result")
    manifest = models.JSONField()
    record_count = models.BigIntegerField()
    csv_path = models.CharField(max_length=250)
    json_lines_path = models.CharField(max_length=250)

    objects: ClassVar[Any] = OfLabQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")

    def __str__(self) -> str:
        return f"result {self.id}"

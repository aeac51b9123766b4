"""What the decision that let a lab in said: its scope, and the conditions for its members."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from programmes.models import SEATS_FOR_COLLABORATORS
from programmes.scope import LIMITS, Line, Scope, lines_of


class Approval(models.Model):
    """`scope` holds the part about the data, as JSON. What the database itself must keep, seats
    and quota, lies in columns, of which an empty one means: as the programme has it."""

    scope = models.JSONField(default=dict, blank=True)
    conditions = models.TextField(blank=True)
    collaborators_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    research_requests_limit = models.PositiveIntegerField(null=True, blank=True)
    research_records_limit = models.PositiveIntegerField(null=True, blank=True)
    relations_requests_limit = models.PositiveIntegerField(null=True, blank=True)
    relations_records_limit = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def approved_data(self) -> Scope:
        """Which data the lab may ask for."""
        return Scope.from_json(self.scope)

    @property
    def approved_scope(self) -> Scope:
        """The data and the limits; when access ends stands in `ends_at` alone."""
        limits = {name: getattr(self, name) for name in LIMITS}
        kept = {name: limit for name, limit in limits.items() if limit is not None}
        return Scope.from_json({**self.scope, **kept})

    @property
    def approved_lines(self) -> list[Line]:
        return lines_of(self.approved_scope)

    def keep_scope(self, scope: Scope) -> list[str]:
        """Take over what a scope says of data and limits; answers the columns that hold it."""
        content: dict[str, Any] = scope.to_json()
        for name in LIMITS:
            setattr(self, name, content.pop(name, None))
        content.pop("ends_on", None)
        self.scope = content
        return ["scope", *LIMITS]


def seats_within_nine() -> models.CheckConstraint:
    """No approval gives more seats than there are."""
    return models.CheckConstraint(
        condition=Q(collaborators_limit__lte=SEATS_FOR_COLLABORATORS),
        name="organization_has_at_most_nine_collaborators",
    )

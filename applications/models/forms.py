"""The form of a programme as versioned data. What was published once never changes."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.questions import Definition, Form, form_from, from_json, to_json
from applications.questions.builtin import BUILTIN
from lib.models import PublicModel
from lib.time import now
from programmes.models import Programme

if TYPE_CHECKING:
    from applications.models.application import Application
    from applications.models.versions import ApplicationVersion


class FormVersionManager(models.Manager["FormVersion"]):
    def in_force(self, programme: Programme) -> FormVersion:
        """The newest published form; a programme without one starts with the built-in form."""
        published = self.filter(programme=programme, published_at__isnull=False)
        newest = published.order_by("-number").first()
        return newest or self._first(programme)

    def _first(self, programme: Programme) -> FormVersion:
        made, _is_new = self.get_or_create(
            programme=programme,
            number=1,
            defaults={"definition": to_json(BUILTIN), "published_at": now()},
        )
        return made


class FormVersion(PublicModel):
    """One version of a programme's form. It has no `published_at` while operators still edit it.

    A trigger holds that a published one is neither changed nor deleted. The first one has nobody
    in `published_by`: Carrel brings it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="form_versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    # Counts the edits of a draft, so that of two operators the later one notices.
    revision = models.PositiveIntegerField(default=1)

    objects = FormVersionManager()

    class Meta:
        verbose_name = _("form")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="form_version_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(published_at__isnull=True),
                name="form_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | Q(published_by__isnull=True),
                name="form_version_published_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.number}"

    @property
    def content(self) -> Definition:
        """Every question, also those that are off."""
        return from_json(self.definition)

    @property
    def asked(self) -> Form:
        """The form as it is asked, for a programme open to the countries that it names now."""
        return _for(form_from(self.content, self.number), self.programme.country_codes)


@lru_cache(maxsize=64)
def _published(form_id: uuid.UUID) -> Form:
    """Read once for each process: what is published never changes."""
    version = FormVersion.objects.get(pk=form_id)
    return form_from(version.content, version.number)


def form_of(application: Application) -> Form:
    """The form that an application answers."""
    form_id = application.form_id or FormVersion.objects.in_force(application.programme).pk
    return _for(_published(form_id), application.programme.country_codes)


def form_of_version(version: ApplicationVersion) -> Form:
    """The form that was answered when this version was submitted."""
    if version.form_id is None:
        return form_of(version.application)
    return _for(_published(version.form_id), version.application.programme.country_codes)


def _for(form: Form, country_codes: Collection[str]) -> Form:
    return replace(form, covered=frozenset(country_codes))

"""When a lab has access to the data, in days and in words."""

import datetime as dt

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lib.models import PublicModel
from lib.time import UTC, now
from organizations.states import OrganizationStatus


class AccessPeriod(PublicModel):
    """From `starts_at` to just before `ends_at`, unless the status says that it rests."""

    status = models.CharField(
        max_length=20, choices=OrganizationStatus, default=OrganizationStatus.ACTIVE
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def first_day(self) -> dt.date:
        return self.starts_at.astimezone(UTC).date()

    @property
    def last_day(self) -> dt.date:
        """The day people read; `ends_at` is the midnight after it."""
        return (self.ends_at - dt.timedelta(microseconds=1)).astimezone(UTC).date()

    @property
    def access_notice(self) -> str:
        """Why there is no access at this moment; nothing while there is."""
        return self.access_notice_at(now())

    def access_notice_at(self, moment: dt.datetime) -> str:
        if self.status == OrganizationStatus.CLOSED:
            return _("This lab is closed.")
        if self.ends_at <= moment:
            return _("Access ended on %(day)s.") % {"day": date_format(self.last_day, "j M Y")}
        if self.status == OrganizationStatus.SUSPENDED:
            return _("The access of this lab is suspended.")
        if moment < self.starts_at:
            return _("Access begins on %(day)s.") % {"day": date_format(self.first_day, "j M Y")}
        return ""

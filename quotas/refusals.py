"""The four ways in which the ledger says no. None of them changes a counter."""

import datetime as dt
from typing import Literal

from django.utils.translation import gettext as _

from lib.errors import Refused
from lib.time import next_midnight
from quotas.buckets import Bucket

Which = Literal["requests", "records"]


class QuotaExhausted(Refused):
    """The day's requests or records are used up; they start anew at `resets_at`."""

    def __init__(self, *, bucket: Bucket, which: Which, day: dt.date) -> None:
        self.bucket = bucket
        self.which = which
        self.resets_at = next_midnight(dt.datetime.combine(day, dt.time(), dt.UTC))
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        if self.which == "requests":
            text = _(
                "Your lab has used all its requests of this day. "
                "They start anew on %(day)s at 00:00 UTC."
            )
        else:
            text = _(
                "Your lab has used all its records of this day. "
                "They start anew on %(day)s at 00:00 UTC."
            )
        return text % {"day": self.resets_at.date().isoformat()}


class QuotaBusy(Refused):
    """Only requests under way hold what is left of the day, and they did not end in time."""

    def __init__(self, *, bucket: Bucket) -> None:
        self.bucket = bucket
        super().__init__(
            _(
                "Other requests of your lab are under way and hold what is left of this day's "
                "quota. Try again in a few seconds."
            )
        )


class AccessEnded(Refused):
    """The member, their account or their lab has no access at this moment."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have no access through this lab now: the lab is not active, "
                "or you are no longer one of its members. "
                "The lab's principal researcher can tell you more."
            )
        )


class KeyTaken(Refused):
    """The lab has used this key for something else; charging it here would mix up the two."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This idempotency key already stands for another request of your lab. "
                "Send a new key with a new request."
            )
        )


class ChargeGone(Refused):
    """The charge is not reserved any more, so what was asked of it cannot be done."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This request took too long, so its share of the quota was given back. "
                "Send it again."
            )
        )

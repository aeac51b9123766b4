"""The mails about queries, runs and shares."""

from django.utils.translation import gettext_lazy as _

from outbox.catalogue import Audience, declare

declare(
    "query_awaits_approval",
    Audience.PRINCIPAL,
    _("A member submits a query that needs approval."),
    _("A query waits for your approval: %(query)s"),
)
declare(
    "query_decided",
    Audience.MEMBER,
    _("The query that the member wrote is approved or not."),
    _("%(status)s: %(query)s"),
)
declare(
    "run_succeeded",
    Audience.MEMBER,
    _("The run that the member started is complete."),
    _("Your result is ready: %(query)s"),
)
declare(
    "run_failed",
    Audience.MEMBER,
    _("The run that the member started ends without a result."),
    _("Your run failed: %(query)s"),
)
declare(
    "share_made",
    Audience.PRINCIPAL,
    _("Another lab shares a query, and perhaps its result."),
    _("%(lab)s shares with you: %(query)s"),
)

"""The mails of the waiting list."""

from django.utils.translation import gettext_lazy as _

from outbox.catalogue import Audience, declare

declare(
    "interest.confirm",
    Audience.ADDRESS,
    _("Somebody asks to be told when something opens."),
    _("Please confirm: shall we tell you?"),
)
declare(
    "interest.opened",
    Audience.ADDRESS,
    _("What a confirmed address waits for has opened; the only letter it gets."),
    _("“%(programme)s” is open to you now"),
)

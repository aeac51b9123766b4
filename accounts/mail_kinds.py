"""The mails of sign-in. Their texts are templates, and `accounts.adapter` posts them."""

from django.utils.translation import gettext_lazy as _

from outbox.catalogue import Audience, declare

_CONFIRM = _("Confirm your e-mail address")

declare(
    "account.email_confirmation_signup",
    Audience.ADDRESS,
    _("Somebody signs up with this address."),
    _CONFIRM,
)
declare(
    "account.email_confirmation",
    Audience.ADDRESS,
    _("The address of an account changes, or a new link is asked for."),
    _CONFIRM,
)
declare(
    "account.account_already_exists",
    Audience.ACCOUNT,
    _("Somebody signs up with an address that has an account."),
    _("Account Already Exists"),
)
declare(
    "account.password_reset_key",
    Audience.ACCOUNT,
    _("A new password is asked for."),
    _("Set a new password"),
)
declare(
    "account.unknown_account",
    Audience.ADDRESS,
    _("A new password is asked for at an address that has no account."),
    _("Unknown Account"),
)

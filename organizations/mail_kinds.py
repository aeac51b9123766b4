"""The mails about labs and their members."""

from django.utils.translation import gettext_lazy as _

from outbox.catalogue import Audience, declare

declare(
    "organization.opened",
    Audience.PRINCIPAL,
    _("An approval makes the lab."),
    _("Your lab “%(lab)s” is open"),
    _("Your lab “%(lab)s” is made"),
)
declare(
    "organization.scope_changed",
    Audience.PRINCIPAL,
    _("An operator changes what the lab is approved for."),
    _("What “%(lab)s” is approved for has changed"),
)
declare(
    "membership.account_needed",
    Audience.COLLABORATOR,
    _("A person without an account is proposed; at most once a day to an address."),
    _("You were named as a collaborator: please make an account"),
)
declare(
    "membership.invited",
    Audience.COLLABORATOR,
    _("Staff cleared the person, or the invitation is sent again."),
    _("Invitation to the lab “%(lab)s”"),
)
declare(
    "membership.refused",
    Audience.COLLABORATOR,
    _("Staff do not clear the person; the principal researcher reads the same."),
    _("%(name)s was not cleared for “%(lab)s”"),
)
declare(
    "membership.answered",
    Audience.PRINCIPAL,
    _("An invited person accepts or declines."),
    _("%(name)s joined “%(lab)s”"),
    _("%(name)s declined “%(lab)s”"),
)
declare(
    "membership.removed",
    Audience.MEMBER,
    _("A membership ends; the principal researcher and the person read the same."),
    _("%(name)s is no longer in “%(lab)s”"),
)

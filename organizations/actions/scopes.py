"""What a lab is approved for: reading it for the first time, and changing it afterwards."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.time import UTC
from organizations import emails
from organizations.models import Organization
from organizations.permissions import check_change_scope
from programmes.scope import Scope, ScopeInvalid

ONE_DAY = dt.timedelta(days=1)


def end_of_access(scope: Scope, *, starts_at: dt.datetime, ends_at: dt.datetime) -> dt.datetime:
    """The midnight after the scope's last day if that comes first; refuses one before the start."""
    if scope.ends_on is None:
        return ends_at
    midnight = dt.datetime.combine(scope.ends_on + ONE_DAY, dt.time(), UTC)
    if midnight <= starts_at:
        problem = _("must not lie before %(day)s, on which access begins.")
        raise ScopeInvalid("ends_on", problem % {"day": starts_at.astimezone(UTC).date()})
    return min(ends_at, midnight)


@transaction.atomic
def change_scope(
    organization: Organization, scope: Scope, *, by: User, reason: str
) -> Organization:
    """Approve a lab for more or for less than before; its principal researcher is told why.

    Holds from the next request, page and seat on. Nobody loses a seat and no charge is undone
    where the new limit lies below what is taken: nothing more is given. Results that exist stay.
    A last day shortens the access and never lengthens it. Refuses whoever is no operator, a
    change without a reason, and a scope wider than the programme.
    """
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    check_change_scope(organization, by)
    if not reason.strip():
        raise Refused(_("Say why: the principal researcher is told."))
    scope.check_fits(organization.programme)
    before = organization.approved_scope
    organization.ends_at = end_of_access(
        scope, starts_at=organization.starts_at, ends_at=organization.ends_at
    )
    columns = organization.keep_scope(scope)
    organization.save(update_fields=[*columns, "ends_at"])
    record(
        "organization.scope_changed",
        by=by,
        subject=organization,
        organization=organization.pk,
        details={"from": before.to_json(), "to": scope.to_json()},
        text=reason,
    )
    emails.tell_scope_changed(organization, reason=reason.strip())
    return organization

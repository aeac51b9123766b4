"""Linking two labs that applied together, and ending the link."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.log import record
from lib.errors import Refused
from lib.time import Now
from organizations.models import LabLink, Organization
from organizations.permissions import check_end_link, check_link_labs


@transaction.atomic
def link_labs(first: Organization, second: Organization, *, by: User) -> LabLink:
    """Let two labs share what the programme and both their scopes allow.

    Labs that are linked already stay so: whichever of two approvals comes second finds the link.
    Refuses whoever is not staff, and a lab with itself.
    """
    check_link_labs(first, second, by)
    lower, higher = sorted((first, second), key=lambda lab: lab.pk)
    link = LabLink(first=lower, second=higher, made_by=by)
    LabLink.objects.bulk_create([link], ignore_conflicts=True)
    kept = LabLink.objects.live().get(first=lower, second=higher)
    if kept.pk == link.pk:
        _record("lab_link.made", kept, by)
    return kept


@transaction.atomic
def end_link(link: LabLink, *, by: User) -> LabLink:
    """End it, and with it whatever the two labs share, from the next request on."""
    check_end_link(link, by)
    if not LabLink.objects.live().filter(pk=link.pk).update(ended_at=Now(), ended_by=by):
        raise Refused(_("This link was ended before."))
    link.refresh_from_db(fields=["ended_at", "ended_by"])
    _record("lab_link.ended", link, by)
    return link


def _record(event: str, link: LabLink, by: User) -> None:
    """Both labs have it in their log."""
    for lab in link.labs:
        other = link.other(lab.pk)
        record(event, by=by, subject=link, organization=lab.pk, details={"other": str(other.pk)})

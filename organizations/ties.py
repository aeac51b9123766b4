"""What ties a reviewer to a lab or to a person proposed for one."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from institutions.domains import domain_of
from institutions.mail import gives_addresses_to_anybody
from institutions.models import Institution
from lib.time import Now

_RECENT = dt.timedelta(days=730)


def tied_to(user: User) -> Q:
    """Which memberships the person may not judge: of a lab where they are or were in the last two
    years, of their own institution, or with an address at the same domain as theirs."""
    recent = Q(ended_at__isnull=True) | Q(ended_at__gt=Now() - _RECENT)
    labs = user.memberships.filter(recent, joined_at__isnull=False).values("organization_id")
    tied = Q(user=user.pk) | Q(organization__in=labs)
    for domain in _domains(user):
        tied |= Q(organization__institution=Institution.objects.owning(domain).values("pk")[:1])
        if not gives_addresses_to_anybody(domain):
            tied |= Q(email__iendswith=f"@{domain}")
    return tied


def _domains(user: User) -> list[str]:
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({domain_of(address) for address in verified} - {""})

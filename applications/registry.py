"""Finding an institution in the registry, by what people type and by where their mail goes."""

from django.db.models import QuerySet

from institutions.models import Institution

# How many a search shows.
SHOWN = 8


def search_registry(text: str) -> QuerySet[Institution]:
    """Institutions that have what is typed among their names or domains, the best first."""
    return Institution.objects.matching(text, most=SHOWN)


def at_domain(email: str) -> QuerySet[Institution]:
    """Institutions that own the address's domain or one above it, the nearest owner first."""
    return Institution.objects.owning(email)[:SHOWN]

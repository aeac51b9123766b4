"""Finding an institution in the registry, by what people type and by where their mail goes."""

from django.db.models import Q, QuerySet

from institutions.models import Institution

# How many a search shows.
SHOWN = 8


def search_registry(text: str) -> QuerySet[Institution]:
    """Institutions in whose name or domains every word occurs."""
    matches = Q()
    for word in text.replace("\x00", " ").split()[:8]:
        matches &= Q(name__icontains=word) | Q(domains__icontains=word)
    return Institution.objects.filter(matches)[:SHOWN]


def at_domain(email: str) -> QuerySet[Institution]:
    """Institutions that own the address's domain or one above it."""
    labels = email.rpartition("@")[2].lower().split(".")
    domains = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return Institution.objects.filter(domains__overlap=domains)[:SHOWN]

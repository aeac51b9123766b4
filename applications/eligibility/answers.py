"""What the self-check asks beside the criteria, and which answers the application takes over."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from programmes.settings import PRINCIPAL_ROLES

YES, NO, UNSURE = "yes", "no", "unsure"

# The one criterion that is asked as two questions: where, and what kind of place.
INSTITUTION = "institution"


class Workplace(TextChoices):
    """What kind of place somebody works at, in their own words."""

    ACADEMIC = "academic", _("A non-profit academic institution, such as a university")
    CIVIL_SOCIETY = "civil_society", _("A civil society or other non-profit organisation")
    COMMERCIAL = "commercial", _("A company")
    CREATOR = "creator", _("I am a creator and want data on my own content or audience")
    ADVERTISER = "advertiser", _("I advertise, or work for those who do")
    INDEPENDENT = "independent", _("Nobody: I am an independent researcher")
    UNSURE = "unsure", _("I am not sure")


class Stay(TextChoices):
    """For how long somebody works outside of the country of the institution."""

    TEMPORARY = "temporary", _("For a short time only")
    LASTING = "lasting", _("For longer")


def carried_query(answers: Mapping[str, str], programme_slug: str) -> str:
    """The part of an address that hands to the application what it would ask again."""
    query = QueryDict(mutable=True)
    query["programme"] = programme_slug
    if answers.get("role"):
        query["role"] = answers["role"]
    query["institution_country"] = answers["country"]
    query["works_in"] = answers.get("residence") or answers["country"]
    return query.urlencode()


def carried_answers(query: Mapping[str, str]) -> dict[str, str]:
    """The answers in such an address by the keys of the application's questions, if sensible."""
    found = {}
    if query.get("role") in PRINCIPAL_ROLES:
        found["role"] = query["role"]
    for key in ("institution_country", "works_in"):
        if query.get(key) in countries:
            found[key] = query[key]
    return found

"""Who among the reviewers takes part in an application themselves."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ABILITIES, Ability
from applications.models import Application
from reviews.models import Conflict, ConflictKind

REVIEWING_ROLES = [role for role, abilities in ABILITIES.items() if Ability.REVIEW in abilities]


def note_parts(application: Application) -> None:
    """Close the file to each reviewer who is listed in it, under any address of theirs."""
    for person in _listed_reviewers(application):
        conflict = Conflict(
            person=person,
            kind=ConflictKind.PART,
            sentence=_("%(name)s is listed as a collaborator.") % {"name": person},
        )
        conflict.name_subject(application)
        Conflict.objects.bulk_create([conflict], ignore_conflicts=True)


def _listed_reviewers(application: Application) -> QuerySet[User]:
    listed = [email.lower() for email in application.collaborators.values_list("email", flat=True)]
    return (
        User.objects.filter(role__in=REVIEWING_ROLES)
        .annotate(any_address=Lower("emailaddress__email"))
        .filter(Q(email__in=listed) | Q(any_address__in=listed))
        .distinct()
    )

"""Gathering evidence: what the portal can check of an application, each with a colour and why.

Nothing here decides. A colour only tells staff where to look.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.evidence import answers, institution, people
from applications.models import Application
from reviews.actions import EvidenceItem

# What is checked beside the criteria of the programme.
OTHER_CHECKS: dict[str, str | Promise] = {
    "identity": _("Who the applicant is"),
    "collaborators": _("Collaborators"),
    "duplicates": _("Other applications"),
}

_CHECKS = (
    institution.about_registry,
    institution.about_email_domain,
    people.about_email_verified,
    answers.about_expertise,
    answers.about_role,
    answers.about_funding,
    answers.about_conflict,
    answers.about_sharing,
    answers.about_terms,
    answers.about_period,
    people.about_collaborators_count,
    people.about_duplicates,
)


def gather_evidence(application: Application) -> list[EvidenceItem]:
    """All the evidence about the application as it stands."""
    items = [item for check in _CHECKS for item in check(application)]
    listed = application.collaborators.all()
    return items + [
        item for person in listed for item in people.about_collaborator(application, person)
    ]

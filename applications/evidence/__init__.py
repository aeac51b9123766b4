"""Gathering evidence: what the portal can check of an application, each with a colour and why.

Nothing here decides. A colour only tells staff where to look. Nothing here writes, either: the
applicant is shown the same before submitting (`rules`).
"""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.evidence.checks import CHECKS
from applications.evidence.facts import Facts
from applications.evidence.reuse import with_earlier_dates
from applications.models import Application
from reviews.actions import EvidenceItem

# What is checked beside the criteria of the programme.
OTHER_CHECKS: dict[str, str | Promise] = {
    "identity": _("Who the applicant is"),
    "workplace": _("Place of work"),
    "documents": _("Documents"),
    "collaborators": _("Collaborators"),
    "duplicates": _("Other applications"),
}


def gather_evidence(
    application: Application, *, kinds: Collection[str] | None = None
) -> list[EvidenceItem]:
    """All the evidence about the application as it stands, or only what some checks find."""
    facts = Facts(application)
    wanted = [check for check in CHECKS if kinds is None or check.kind in kinds]
    items = [item for check in wanted for item in check.run(facts)]
    return with_earlier_dates(application, items, moment=facts.moment)

"""Every check, in the order in which people read what it found."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.evidence import (
    answers,
    declarations,
    documents,
    duplicates,
    institution,
    orcid,
    people,
    workplaces,
)
from applications.evidence.facts import Facts
from applications.evidence.lifetimes import LIFETIMES
from applications.models import Application
from applications.questions import DAYS_KEY, INSTITUTION_KEY, PLACE_KEY, START_KEY
from reviews.actions import EvidenceItem
from reviews.models import Asserter


@dataclass(frozen=True)
class Check:
    """One thing that is looked at.

    `kind` stands in the rows. `questions` are those that it reads; the rows stand beside the first
    one. `asserted_by` says whose word they are. A row may say otherwise of itself. What
    `is_for_staff` speaks of other people, so that the applicant is not shown it.
    """

    kind: str
    title: str | Promise
    questions: tuple[str, ...]
    asserted_by: Asserter
    find: Callable[[Facts], Iterator[EvidenceItem]]
    is_for_staff: bool = False

    def run(self, facts: Facts) -> list[EvidenceItem]:
        """What it finds, with everything that a row has to say."""
        return [self._whole(item, facts.moment) for item in self.find(facts)]

    def _whole(self, item: EvidenceItem, found_at: dt.datetime) -> EvidenceItem:
        kind, moment = item.kind or self.kind, item.asserted_at or found_at
        lifetime = LIFETIMES.get(kind)
        return replace(
            item,
            kind=kind,
            question_key=item.question_key or next(iter(self.questions), ""),
            asserted_by=item.asserted_by or self.asserted_by,
            asserted_at=moment,
            expires_at=item.expires_at or (moment + lifetime if lifetime else None),
        )


def _of_application(
    find: Callable[[Application], Iterator[EvidenceItem]],
) -> Callable[[Facts], Iterator[EvidenceItem]]:
    return lambda facts: find(facts.application)


_REGISTRY, _SYSTEM, _PERSON = Asserter.REGISTRY, Asserter.SYSTEM, Asserter.PERSON
_PROVIDER = Asserter.IDENTITY_PROVIDER

CHECKS: tuple[Check, ...] = (
    Check(
        "institution",
        _("Institution and its country"),
        (INSTITUTION_KEY, "institution_name"),
        _REGISTRY,
        _of_application(institution.about_registry),
    ),
    Check(
        "email_domain",
        _("Where your e-mail address belongs"),
        (INSTITUTION_KEY, "institution_name"),
        _REGISTRY,
        _of_application(institution.about_email_domain),
    ),
    Check(
        "workplace",
        _("Where you work"),
        (PLACE_KEY, "is_travelling", "travels_from", "travels_until"),
        _PERSON,
        workplaces.about_workplace,
    ),
    Check(
        "email_verified",
        _("Verified e-mail address"),
        ("full_name", "professional_email"),
        _SYSTEM,
        people.about_email_verified,
    ),
    Check("orcid", _("ORCID iD"), ("full_name",), _PROVIDER, orcid.about_orcid),
    Check(
        "orcid_employment",
        _("Employment in the ORCID record"),
        (INSTITUTION_KEY, "institution_name"),
        _PROVIDER,
        orcid.about_employment,
    ),
    Check(
        "orcid_works",
        _("Works in the ORCID record"),
        ("publications",),
        _PROVIDER,
        orcid.about_works,
    ),
    Check(
        "publications",
        _("Publications"),
        ("publications",),
        _PERSON,
        answers.about_expertise,
    ),
    Check("role", _("Your role"), ("role",), _PERSON, answers.about_role),
    Check(
        "funding",
        _("Funding"),
        ("is_funded", "funding_source"),
        _PERSON,
        declarations.about_funding,
    ),
    Check(
        "conflict",
        _("Conflicts of interest"),
        ("has_conflict", "conflict_details"),
        _PERSON,
        declarations.about_conflict,
    ),
    Check(
        "sharing",
        _("Sharing with third parties"),
        ("shares_data", "sharing_details", "sharing_agreements"),
        _PERSON,
        declarations.about_sharing,
    ),
    Check("terms", _("Terms"), ("terms_accepted",), _PERSON, answers.about_terms),
    Check(
        "period",
        _("Length of access"),
        (DAYS_KEY, START_KEY),
        _PERSON,
        answers.about_period,
    ),
    Check(
        "documents",
        _("Documents"),
        (),
        _SYSTEM,
        documents.about_documents,
    ),
    Check(
        "duplicate",
        _("Other applications of yours"),
        ("project_title",),
        _SYSTEM,
        duplicates.about_own_duplicates,
    ),
    Check(
        "duplicate_title",
        _("The same project of others"),
        ("project_title",),
        _SYSTEM,
        duplicates.about_same_title,
        is_for_staff=True,
    ),
    Check(
        "collaborators_count",
        _("Number of collaborators"),
        ("collaborators",),
        _PERSON,
        people.about_collaborators_count,
    ),
    Check(
        "collaborator_account",
        _("Accounts of the collaborators"),
        ("collaborators",),
        _SYSTEM,
        people.about_collaborators_accounts,
        is_for_staff=True,
    ),
    Check(
        "collaborator_confirmed",
        _("Who has confirmed to take part"),
        ("collaborators",),
        _SYSTEM,
        people.about_collaborators_answers,
    ),
    Check(
        "collaborator_institution",
        _("Institution of each collaborator"),
        ("collaborators", INSTITUTION_KEY),
        _REGISTRY,
        people.about_collaborators_institutions,
    ),
    Check(
        "collaborator_workplace",
        _("Where each collaborator works"),
        ("collaborators",),
        _PERSON,
        workplaces.about_collaborators_workplaces,
    ),
)

"""What the applicant's ORCID record says, and whose word it is.

An employment that the institution itself wrote into the record is worth more than one that the
person typed. Linking ORCID is a choice, so without a link there is nothing to say.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import OrcidRecord
from accounts.orcid import Employment
from applications.evidence.facts import Facts
from applications.evidence.lifetimes import LIFETIMES
from institutions.folding import fold_name
from institutions.models import Institution
from reviews.actions import EvidenceItem
from reviews.models import Asserter, Colour

# They carry the day on which ORCID answered, so the record is what is used again.
ORCID_KINDS = frozenset({"orcid", "orcid_employment", "orcid_works"})


def about_orcid(facts: Facts) -> Iterator[EvidenceItem]:
    """That the person signed in at ORCID with this iD."""
    if facts.orcid is not None:
        yield EvidenceItem(
            "identity",
            Colour.GREEN,
            _("The applicant has signed in at ORCID with this iD."),
            source="ORCID",
            value=facts.orcid.orcid_id,
            asserted_at=facts.orcid.linked_at,
        )


def about_employment(facts: Facts) -> Iterator[EvidenceItem]:
    """Whether the record names the institution as the present employer, and who says so."""
    record = facts.orcid
    if record is None:
        return
    if not _is_known(facts, record):
        yield _not_told(record)
        return
    employments = [Employment(**row) for row in record.employments]
    day = facts.moment.date().isoformat()
    current = [each for each in employments if each.is_current(day)]
    yield _employment(facts, record, current)


def _is_known(facts: Facts, record: OrcidRecord) -> bool:
    """Whether ORCID has answered, and not so long ago that it says nothing any more."""
    if record.told_at is None:
        return False
    return record.told_at + LIFETIMES["orcid_employment"] > facts.moment


def _not_told(record: OrcidRecord) -> EvidenceItem:
    sentence = (
        _("ORCID has not been asked about the employment yet; it comes by itself.")
        if record.asked_at is None
        else _("ORCID could not be reached; staff may look again.")
    )
    return EvidenceItem(
        "institution", Colour.YELLOW, sentence, source="ORCID", value=record.orcid_id
    )


def _employment(facts: Facts, record: OrcidRecord, current: list[Employment]) -> EvidenceItem:
    institution = facts.application.institution
    here = [each for each in current if institution and is_at(each, institution)]
    by_institution = next((each for each in here if is_word_of_organization(each)), None)
    own = next(iter(here), None)
    name = institution.name if institution else str(facts.answers.get("institution_name") or "")
    asserted_by = Asserter.IDENTITY_PROVIDER
    if by_institution is not None:
        colour, asserted_by = Colour.GREEN, Asserter.INSTITUTION
        sentence = _("%(institution)s itself says in the record that the applicant works there.")
    elif own is not None and own.is_own_word:
        colour, asserted_by = Colour.YELLOW, Asserter.PERSON
        sentence = _("The record names %(institution)s, by the applicant's own word.")
    elif own is not None:
        colour = Colour.YELLOW
        sentence = _("The record names %(institution)s, by the word of %(source)s.")
    else:
        colour = Colour.YELLOW
        sentence = _("The record names no present employment at %(institution)s.")
    told = by_institution or own
    source = told.source if told else ""
    return EvidenceItem(
        "institution",
        colour,
        sentence % {"institution": name, "source": source},
        source=f"ORCID {record.orcid_id}" + (f", {source}" if source else ""),
        value=told.organization if told else ", ".join(each.organization for each in current),
        asserted_by=asserted_by,
        asserted_at=record.told_at,
    )


def is_at(employment: Employment, institution: Institution) -> bool:
    """By the id of the registry, or by one of the names."""
    ror_id = employment.organization_id.rstrip("/").rpartition("/")[2]
    if institution.ror_id and ror_id == institution.ror_id:
        return True
    named = fold_name(employment.organization)
    return named in {fold_name(each) for each in [institution.name, *institution.other_names]}


def is_word_of_organization(employment: Employment) -> bool:
    """Whether the organisation, and not the person or a third one, wrote it into the record."""
    named, source = fold_name(employment.organization), fold_name(employment.source)
    return not employment.is_own_word and bool(named) and named in source


def about_works(facts: Facts) -> Iterator[EvidenceItem]:
    """How many works the record lists; their worth is the reviewers' to judge."""
    record = facts.orcid
    if record is None or not _is_known(facts, record):
        return
    count = record.works_count
    sentence = ngettext(
        "The ORCID record lists %(count)s work.", "The ORCID record lists %(count)s works.", count
    )
    yield EvidenceItem(
        "expertise",
        Colour.GREEN if count else Colour.YELLOW,
        sentence % {"count": count},
        source=f"ORCID {record.orcid_id}",
        value=str(count),
        asserted_at=record.told_at,
    )

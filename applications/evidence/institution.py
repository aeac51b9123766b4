"""What the registry says about the place where the applicant works."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from institutions.mail import mail_hint
from institutions.models import Institution
from institutions.standing import Finding, country_name, standing_of
from reviews.actions import EvidenceItem
from reviews.models import Colour


def about_registry(application: Application) -> Iterator[EvidenceItem]:
    """Kind and country, then what else the registry or staff noted about the institution."""
    institution = application.institution
    if institution is None:
        name = application.answers.get("institution_name", "")
        yield EvidenceItem(
            "institution",
            Colour.YELLOW,
            _("The institution was described in words: find its registry entry."),
            source=_("The application"),
            value=name,
        )
        return
    programme = application.programme
    standing = standing_of(
        institution, kinds=programme.institution_kinds, country_codes=programme.country_codes
    )
    for finding in standing.findings:
        yield _item(finding, institution)


def _item(finding: Finding, institution: Institution) -> EvidenceItem:
    values = {
        "kind": f"{institution.name}: {', '.join(institution.kinds)}",
        "country": country_name(institution.country.code),
    }
    source = _("Note of the operator") if finding.code == "caution" else institution.source_label
    return EvidenceItem(
        "institution",
        Colour(finding.colour.value),
        finding.sentence,
        source=source,
        value=values.get(finding.code, institution.name),
    )


def about_email_domain(application: Application) -> Iterator[EvidenceItem]:
    """Whether the applicant's mail goes to the institution; a hint, because lists err."""
    institution = application.institution
    if institution is not None:
        hint = mail_hint(application.applicant.email, institution)
        yield EvidenceItem(
            "institution",
            Colour(hint.colour.value),
            hint.sentence,
            source=_("Account, registry and lists of mail domains"),
            value=hint.domain,
        )

"""What the registry says about the place where the applicant works."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from institutions.models import Institution
from reviews.actions import EvidenceItem
from reviews.models import Colour


def about_registry(application: Application) -> Iterator[EvidenceItem]:
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
    yield _kind(application, institution)
    yield _country(application, institution)


def _kind(application: Application, institution: Institution) -> EvidenceItem:
    kinds = set(institution.kinds)
    if kinds & set(application.programme.institution_kinds):
        colour = Colour.GREEN
        sentence = _("The registry lists it as a kind of institution that the programme is for.")
    elif "company" in kinds:
        colour, sentence = Colour.RED, _("The registry lists it as a company.")
    elif "nonprofit" in kinds:
        colour = Colour.RED
        sentence = _("The registry lists it as a non-profit organisation that is not academic.")
    else:
        colour = Colour.YELLOW
        sentence = _("The registry does not list it as academic: is it a public research body?")
    return EvidenceItem(
        "institution",
        colour,
        sentence,
        source=_registry(institution),
        value=f"{institution.name}: {', '.join(institution.kinds)}",
    )


def _country(application: Application, institution: Institution) -> EvidenceItem:
    is_open = institution.country.code in application.programme.country_codes
    sentence = (
        _("The programme is open in this country.")
        if is_open
        else _("The programme is not open in this country.")
    )
    return EvidenceItem(
        "institution",
        Colour.GREEN if is_open else Colour.RED,
        sentence,
        source=_registry(institution),
        value=str(institution.country.name),
    )


def _registry(institution: Institution) -> str:
    return f"https://ror.org/{institution.ror_id}"


def about_email_domain(application: Application) -> Iterator[EvidenceItem]:
    institution, domain = application.institution, domain_of(application.applicant.email)
    if institution is not None:
        owns = institution.owns_domain(domain)
        yield EvidenceItem(
            "institution",
            Colour.GREEN if owns else Colour.YELLOW,
            _("The e-mail address belongs to the institution.")
            if owns
            else _("The e-mail address is not at a domain that the registry knows for it."),
            source=_("Account and registry"),
            value=domain,
        )


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()

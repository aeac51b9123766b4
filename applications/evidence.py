"""Gathering evidence: what the portal can check of an application, each with a colour and why.

Nothing here decides. A colour only tells staff where to look.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.addresses import has_verified_address
from applications.completeness import problem_of_period
from applications.models import Application, ListedCollaborator
from applications.questions import NO
from institutions.models import Institution
from lib.time import today
from reviews.actions import EvidenceItem
from reviews.models import Colour

# What is checked beside the criteria of the programme.
OTHER_CHECKS: dict[str, str | Promise] = {
    "identity": gettext_lazy("Who the applicant is"),
    "collaborators": gettext_lazy("Collaborators"),
    "duplicates": gettext_lazy("Other applications"),
}


def gather_evidence(application: Application) -> list[EvidenceItem]:
    """All the evidence about the application as it stands."""
    checks = (
        _institution,
        _email_domain,
        _email_verified,
        _expertise,
        _role,
        _funding,
        _conflict,
        _sharing,
        _terms,
        _period,
        _collaborators_count,
        _duplicates,
    )
    items = [item for check in checks for item in check(application)]
    people = application.collaborators.select_related("institution")
    return items + [item for person in people for item in _collaborator(application, person)]


def _institution(application: Application) -> Iterator[EvidenceItem]:
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


def _email_domain(application: Application) -> Iterator[EvidenceItem]:
    institution, domain = application.institution, _domain(application.applicant.email)
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


def _email_verified(application: Application) -> Iterator[EvidenceItem]:
    applicant = application.applicant
    verified = has_verified_address(applicant)
    yield EvidenceItem(
        "identity",
        Colour.GREEN if verified else Colour.RED,
        _("The applicant has proved to read this address.")
        if verified
        else _("Nobody has proved to read this address."),
        source=_("Account"),
        value=applicant.email,
    )


def _expertise(application: Application) -> Iterator[EvidenceItem]:
    answers = application.answers
    shown = bool(answers.get("publications"))
    yield EvidenceItem(
        "expertise",
        Colour.GREEN if shown else Colour.YELLOW,
        _("Publications or conference contributions are given.")
        if shown
        else _("No publication is given: the profile page has to show the expertise."),
        source=_("The application"),
        value=answers.get("expertise", ""),
    )


def _role(application: Application) -> Iterator[EvidenceItem]:
    answers = application.answers
    role = answers.get("role", "")
    sentences = {
        "faculty": _("Faculty members and postdocs may apply on their own."),
        "student": _("A student needs the endorsement of the advisor named."),
        "non_academic": _("The applicant's role is not an academic one."),
    }
    yield EvidenceItem(
        "expertise",
        Colour.GREEN if role == "faculty" else Colour.YELLOW,
        sentences.get(role, _("The role is described in the applicant's own words.")),
        source=_("The application"),
        value=answers.get("advisor" if role == "student" else "role_other", ""),
    )


def _funding(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "independence",
        "is_funded",
        _("Funding is declared: is its source independent of commercial interests?"),
        _("The applicant declares that there is no funding."),
    )


def _conflict(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "independence",
        "has_conflict",
        _("A tie is declared: read how it is dealt with."),
        _("The applicant declares that there is no conflict of interest."),
    )


def _sharing(application: Application) -> Iterator[EvidenceItem]:
    yield _declared(
        application,
        "non_commercial",
        "shares_data",
        _("Data is to be shared with third parties: read with whom and why."),
        _("No data is to be shared with third parties."),
    )


def _declared(
    application: Application, criterion: str, key: str, if_yes: str, if_no: str
) -> EvidenceItem:
    is_no = application.answers.get(key) == NO
    return EvidenceItem(
        criterion,
        Colour.GREEN if is_no else Colour.YELLOW,
        if_no if is_no else if_yes,
        source=_("Declaration in the application"),
    )


def _terms(application: Application) -> Iterator[EvidenceItem]:
    yield EvidenceItem(
        "non_commercial",
        Colour.GREEN,
        _("The terms, which allow non-commercial research only, are accepted."),
        source=_("Declaration in the application"),
        value=_("version %(version)s") % {"version": application.answers["terms_accepted"]},
    )


def _period(application: Application) -> Iterator[EvidenceItem]:
    first, last = (
        dt.date.fromisoformat(application.answers[key]) for key in ("starts_on", "ends_on")
    )
    problem = problem_of_period(application.programme, first, last, today())
    sentence = _("The period is not longer than the programme allows.")
    yield EvidenceItem(
        "proposal",
        Colour.RED if problem else Colour.GREEN,
        problem[1] if problem else sentence,
        source=_("The application"),
        value=_("%(days)s days") % {"days": (last - first).days},
    )


def _collaborators_count(application: Application) -> Iterator[EvidenceItem]:
    count, limit = application.collaborators.count(), application.programme.collaborators_limit
    yield EvidenceItem(
        "collaborators",
        Colour.GREEN if count <= limit else Colour.RED,
        _("%(count)s collaborators are listed; a lab has room for %(limit)s.")
        % {"count": count, "limit": limit},
        source=_("The application"),
    )


def _collaborator(application: Application, person: ListedCollaborator) -> Iterator[EvidenceItem]:
    has_account = User.objects.with_verified_email(person.email) is not None
    yield EvidenceItem(
        "collaborators",
        Colour.GREEN if has_account else Colour.YELLOW,
        _("%(name)s has an account with this address.") % {"name": person.name}
        if has_account
        else _("%(name)s has no account yet; the invitation waits for it.") % {"name": person.name},
        source=_("Accounts"),
        value=person.email,
    )
    yield _workplace(application, person)


def _workplace(application: Application, person: ListedCollaborator) -> EvidenceItem:
    """Another institution applies for itself, so everybody of a lab works at the same one."""
    institution = application.institution
    names = {"name": person.name}
    if institution is not None and person.institution_id not in (None, institution.pk):
        colour = Colour.RED
        sentence = _("%(name)s works at another institution, which has to apply for itself.")
    elif institution is not None and institution.owns_domain(_domain(person.email)):
        colour = Colour.GREEN
        sentence = _("The address of %(name)s belongs to the same institution.")
    else:
        colour = Colour.YELLOW
        sentence = _("The address of %(name)s does not show the same institution.")
    return EvidenceItem(
        "collaborators",
        colour,
        sentence % names,
        source=_("Registry"),
        value=str(person.institution or _domain(person.email)),
    )


def _duplicates(application: Application) -> Iterator[EvidenceItem]:
    """Other applications by the same person or with the same title, drafts left out."""
    same = Q(applicant=application.applicant) | Q(
        answers__project_title__iexact=application.answers.get("project_title", "")
    )
    others = Application.objects.filter(same, submitted_at__isnull=False).exclude(pk=application.pk)
    count = others.count()
    yield EvidenceItem(
        "duplicates",
        Colour.YELLOW if count else Colour.GREEN,
        _("There are other applications by this person or with this title.")
        if count
        else _("There is no other application by this person or with this title."),
        source=_("Applications"),
    )


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()

"""Who the people are: the applicant's address and other applications, the collaborators."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from applications.addresses import has_verified_address
from applications.models import Application, ListedCollaborator
from applications.registry import at_domain
from institutions.domains import domain_of
from reviews.actions import EvidenceItem
from reviews.models import Colour


def about_email_verified(application: Application) -> Iterator[EvidenceItem]:
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


def about_collaborators_count(application: Application) -> Iterator[EvidenceItem]:
    count, limit = application.collaborators.count(), application.programme.collaborators_limit
    yield EvidenceItem(
        "collaborators",
        Colour.GREEN if count <= limit else Colour.RED,
        ngettext(
            "%(count)s collaborator is listed; a lab has room for %(limit)s.",
            "%(count)s collaborators are listed; a lab has room for %(limit)s.",
            count,
        )
        % {"count": count, "limit": limit},
        source=_("The application"),
    )


def about_collaborator(
    application: Application, person: ListedCollaborator
) -> Iterator[EvidenceItem]:
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
    if person.works_elsewhere:
        colour, source = Colour.RED, _("The application")
        sentence = _(
            "The applicant says that %(name)s works at another institution, "
            "which has to apply for itself."
        )
    elif person.is_at_home:
        colour, source = Colour.GREEN, _("Registry")
        sentence = _("The address of %(name)s belongs to the same institution.")
    else:
        colour, source = Colour.YELLOW, _("Registry")
        sentence = _("The address of %(name)s does not show the same institution.")
    known = application.institution if person.is_at_home else at_domain(person.email).first()
    return EvidenceItem(
        "collaborators",
        colour,
        sentence % {"name": person.name},
        source=source,
        value=str(known or domain_of(person.email)),
    )


def about_duplicates(application: Application) -> Iterator[EvidenceItem]:
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

"""Who the people are: the applicant's address, and the collaborators one by one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.addresses import addresses_of, has_verified_address
from applications.evidence.facts import Facts
from applications.models import ListedCollaborator
from applications.team import CollaboratorStatus
from institutions.domains import domain_of
from reviews.actions import EvidenceItem
from reviews.models import Asserter, Colour


def about_email_verified(facts: Facts) -> Iterator[EvidenceItem]:
    """Whether somebody reads the account's address, and whether the form names the same one."""
    applicant = facts.applicant
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
    told = str(facts.answers.get("professional_email") or "").strip().lower()
    if told and told not in addresses_of(applicant):
        yield EvidenceItem(
            "identity",
            Colour.YELLOW,
            _("The professional address given is not one of the account's."),
            source=_("The application"),
            value=told,
            question_key="professional_email",
            asserted_by=Asserter.PERSON,
        )


def about_collaborators_count(facts: Facts) -> Iterator[EvidenceItem]:
    count, limit = len(facts.collaborators), facts.programme.collaborators_limit
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


def about_collaborators_accounts(facts: Facts) -> Iterator[EvidenceItem]:
    """Who has an account already; without one nobody is invited."""
    for person in facts.collaborators:
        has_account = person.email.lower() in facts.addresses_with_account
        yield EvidenceItem(
            "collaborators",
            Colour.GREEN if has_account else Colour.YELLOW,
            _("%(name)s has an account with this address.") % {"name": person.name}
            if has_account
            else _("%(name)s has no account yet; the invitation waits for it.")
            % {"name": person.name},
            source=_("Accounts"),
            value=person.email,
            part_id=person.pk,
        )


def about_collaborators_answers(facts: Facts) -> Iterator[EvidenceItem]:
    """Who has confirmed to take part; only they are decided with the application."""
    sentences = {
        CollaboratorStatus.CONFIRMED: _("%(name)s has confirmed to take part."),
        CollaboratorStatus.LISTED: _("%(name)s has not confirmed to take part yet."),
        CollaboratorStatus.DECLINED: _("%(name)s does not want to take part."),
        CollaboratorStatus.LATER: _("%(name)s did not confirm in time and is left for later."),
    }
    for person in facts.collaborators:
        status = CollaboratorStatus(person.status)
        is_confirmed = status == CollaboratorStatus.CONFIRMED
        yield EvidenceItem(
            "collaborators",
            Colour.GREEN if is_confirmed else Colour.YELLOW,
            sentences[status] % {"name": person.name},
            source=_("Answer of the person"),
            value=person.email,
            part_id=person.pk,
            asserted_at=person.answered_at,
        )


def about_collaborators_institutions(facts: Facts) -> Iterator[EvidenceItem]:
    """Another institution applies for itself, so everybody of a lab works at the same one."""
    for person in facts.collaborators:
        colour, sentence, asserted_by = _institution_of(facts, person)
        home = facts.application.institution
        known = home if person.is_at_home else facts.owner_of(person.email)
        yield EvidenceItem(
            "collaborators",
            colour,
            sentence % {"name": person.name},
            source=_("The application") if asserted_by == Asserter.PERSON else _("Registry"),
            value=str(known or domain_of(person.email)),
            part_id=person.pk,
            asserted_by=asserted_by,
        )


def _institution_of(facts: Facts, person: ListedCollaborator) -> tuple[Colour, str, Asserter]:
    """The applicant's word goes first where it says that the person is elsewhere."""
    if person.works_elsewhere:
        sentence = _(
            "The applicant says that %(name)s works at another institution, "
            "which has to apply for itself."
        )
        return Colour.RED, sentence, Asserter.PERSON
    if person.is_at_home:
        sentence = _("The address of %(name)s belongs to the same institution.")
        return Colour.GREEN, sentence, Asserter.REGISTRY
    sentence = _("The address of %(name)s does not show the same institution.")
    return Colour.YELLOW, sentence, Asserter.REGISTRY

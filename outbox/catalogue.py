"""Which mails exist: each app declares its own in its module `mail_kinds`.

What is not declared here cannot be posted, so the list of mails in docs/mails.md and in the help
pages is whole. It holds no texts but the subjects; those who read it want to know what to expect.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who gets a mail."""

    ACCOUNT = "ACCOUNT", _("Whoever holds the address of an account")
    APPLICANT = "APPLICANT", _("The applicant")
    REVIEWER = "REVIEWER", _("A reviewer")
    OPERATOR = "OPERATOR", _("The operators")
    PRINCIPAL = "PRINCIPAL", _("The principal researcher of a lab")
    MEMBER = "MEMBER", _("A member of a lab")
    COLLABORATOR = "COLLABORATOR", _("Somebody who was named as a collaborator")
    ADDRESS = "ADDRESS", _("An address that may have no account")


@dataclass(frozen=True)
class MailKind:
    """One kind of mail: who gets it, when it is written, and the subjects that it may bear."""

    code: str
    audience: Audience
    when: str | Promise
    subjects: tuple[str | Promise, ...]


_DECLARED: dict[str, MailKind] = {}


def declare(code: str, audience: Audience, when: str | Promise, *subjects: str | Promise) -> None:
    """Make a kind known. A code is declared once, with at least one subject."""
    if code in _DECLARED or not subjects:
        raise ValueError(f"the mail {code!r} is declared already, or without a subject")
    _DECLARED[code] = MailKind(code, audience, when, subjects)


def check_declared(code: str) -> None:
    """A mail that nobody declared is a mistake in the code, not of the person who acts."""
    if code not in _DECLARED:
        raise ValueError(f"no app declares the mail {code!r}: add it to its module mail_kinds")


def mail_kinds() -> list[MailKind]:
    """All of them, by their codes, so that the mails of one app stand together."""
    return [_DECLARED[code] for code in sorted(_DECLARED)]

"""The e-mail addresses of a person, of which the one they sign in with is only the first."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import Refused


def addresses_of(user: User) -> set[str]:
    """Every address that the person has named, in lower case."""
    named = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {address.lower() for address in (user.email, *named)}


def has_verified_address(user: User) -> bool:
    """Whether the person has proved to read the address they sign in with."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()


def clean_address(email: str) -> str:
    """The address in lower case; refuses what is none."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused(_("“%(email)s” is not an e-mail address.") % {"email": email}) from problem
    return email

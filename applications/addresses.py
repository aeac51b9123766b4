"""The e-mail addresses of a person, of which the one they sign in with is only the first."""

from allauth.account.models import EmailAddress

from accounts.models import User


def addresses_of(user: User) -> set[str]:
    """Every address that the person has named, in lower case."""
    named = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {address.lower() for address in (user.email, *named)}


def has_verified_address(user: User) -> bool:
    """Whether the person has proved to read the address they sign in with."""
    return EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists()

"""What is done to a person's account besides signing up and in, which allauth does."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit.log import record
from lib.errors import Refused


@transaction.atomic
def create_account(*, email: str, name: str, password: str, role: Role, by: User | None) -> User:
    """Make an account whose address counts as verified, because whoever makes it vouches for it.

    Refuses an address that has an account.
    """
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("%(email)s has an account already.") % {"email": email})
    user = User.objects.create_user(email, password, name=name, role=role)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record("account.created", by=by, subject=user, details={"role": role})
    return user


@transaction.atomic
def give_role(user: User, role: Role, *, by: User | None) -> User:
    """Change what a person is to the installation."""
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    record("account.role_given", by=by, subject=user, details={"from": before, "to": role})
    return user

"""People with an account."""

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.roles import Role

PASSWORD = "a long enough password"


def make_user(email, *, name="", role=Role.APPLICANT, is_verified=True):
    """An account whose e-mail is verified unless said otherwise; the password is `PASSWORD`."""
    user = User.objects.create_user(email, PASSWORD, name=name or email.split("@")[0], role=role)
    EmailAddress.objects.create(user=user, email=email, verified=is_verified, primary=True)
    return user

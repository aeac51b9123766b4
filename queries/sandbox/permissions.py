"""Who may use the sandbox."""

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from accounts.models import User
from lib.errors import NotAllowed


def check_use_sandbox(by: User) -> None:
    """Whoever has confirmed an address: applicants, members and staff alike."""
    if not EmailAddress.objects.filter(user=by, verified=True).exists():
        raise NotAllowed(_("Confirm your e-mail address; then the sandbox is open to you."))

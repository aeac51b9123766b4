"""Who was let in: organizations, memberships, invitations, clients and tokens."""

from typing import Any

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        email_confirmed.connect(_match_account, dispatch_uid="organizations.match_account")


def _match_account(email_address: Any, **ignored: Any) -> None:
    """Sign-in tells that an address is proved; proposals under it go to the reviewers at once."""
    from organizations.actions import match_account

    match_account(email_address.user)

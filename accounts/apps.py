"""People: the user, their roles, and how they sign in."""

from typing import Any

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added, social_account_removed

        social_account_added.connect(_note_link, dispatch_uid="accounts.note_link")
        social_account_removed.connect(_note_end_of_link, dispatch_uid="accounts.note_end_of_link")


def _note_link(sociallogin: Any, **ignored: Any) -> None:
    """Sign-in tells that a person proved to own an iD; ORCID is asked about it after the commit."""
    from accounts.actions import link_orcid
    from accounts.tasks import look_up_orcid
    from lib.nudge import nudge

    linked = link_orcid(sociallogin.user, orcid_id=sociallogin.account.uid)
    nudge(look_up_orcid, user_id=str(linked.user_id))


def _note_end_of_link(socialaccount: Any, **ignored: Any) -> None:
    from accounts.actions import unlink_orcid

    unlink_orcid(socialaccount.user, orcid_id=socialaccount.uid)

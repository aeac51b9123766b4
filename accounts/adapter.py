"""Sign-in's mails go the way of all mails, and ORCID proves an iD, never an address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from outbox.actions import post_message


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        kind = "account." + template_prefix.rpartition("/")[2]
        post_message(kind=kind, to=email, subject=mail.subject, body=str(mail.body))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in with ORCID is for those who linked it; it makes no account and no address."""

    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Where the operator set none up, the provider's addresses do not exist."""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as problem:
            raise Http404 from problem

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever nobody knows is told how to link the iD first."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        messages.info(
            request,
            _(
                "No account is linked to this ORCID iD yet. Sign in, or sign up with your "
                "institutional e-mail address, and link it under “Linked accounts”."
            ),
        )
        raise ImmediateHttpResponse(redirect("account_login"))

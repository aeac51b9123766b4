"""Sign-in's mails go the way of all mails: written in the transaction, sent after it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from outbox.actions import post_message


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        kind = "account." + template_prefix.rpartition("/")[2]
        post_message(kind=kind, to=email, subject=mail.subject, body=str(mail.body))

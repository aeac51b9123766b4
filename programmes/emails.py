"""The letters of the waiting list, one function each."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from outbox.actions import post_message
from programmes.models import Interest, InterestKind

CONFIRM = "interest.confirm"


def ask_to_confirm(wish: Interest, token: str) -> None:
    post_message(
        kind=CONFIRM,
        to=wish.email,
        subject=_("Please confirm: shall we tell you?"),
        body=_(
            "Hello,\n\n"
            "somebody, hopefully you, asked to be told by “%(programme)s” %(wish)s.\n\n"
            "Confirm that you want this letter, one and no other:\n%(confirm)s\n\n"
            "If it was not you, do nothing: this address is forgotten after 14 days. "
            "Or forget it at once, now or later:\n%(stop)s\n"
        )
        % {
            **_words(wish),
            "confirm": _link("applications:interest_confirm", token),
            "stop": _link("applications:interest_stop", token),
        },
    )


def tell_opened(wish: Interest) -> None:
    post_message(
        kind="interest.opened",
        to=wish.email,
        subject=_("“%(programme)s” is open to you now") % _words(wish),
        body=_(
            "Hello,\n\n"
            "you asked to be told by “%(programme)s” %(wish)s. That is the case now.\n\n"
            "Check in two minutes whether you qualify:\n%(check)s\n\n"
            "This is the only letter. Your address is forgotten in 30 days.\n"
        )
        % {**_words(wish), "check": _link("applications:eligibility")},
    )


def _words(wish: Interest) -> dict[str, str]:
    sentences = {
        InterestKind.REGION: _("when it opens in %(country)s") % {"country": wish.country_name},
        InterestKind.CIVIL_SOCIETY: _("when it opens to civil society in %(country)s")
        % {"country": wish.country_name},
        InterestKind.INTAKE: _("when applications open again"),
    }
    return {"programme": wish.programme.name, "wish": sentences[InterestKind(wish.kind)]}


def _link(name: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)

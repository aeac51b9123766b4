"""The letters about linked applications."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.emails.posting import day_of, post_to_applicant, words_of
from applications.models.links import LinkInvitation
from outbox.actions import post_message


def invite_to_link(invitation: LinkInvitation, secret: str) -> None:
    """To an address, of which it is not known whether it has an account."""
    origin = invitation.origin
    body = _(
        "Hello,\n\n"
        "%(name)s (%(institution)s) applies to %(programme)s with the project “%(title)s” and "
        "names you as a partner at another institution. Access is given to each institution for "
        "itself: yours needs an application of its own, which is decided by itself.\n\n"
        "This link opens a draft in which what is said about the project stands already:\n\n"
        "%(link)s\n\n"
        "Sign in or sign up with this address, %(email)s. If somebody else leads the project at "
        "your institution, you can hand the invitation on to that person, once. "
        "It can be used until %(expires)s. If you do not know %(name)s, ignore this letter.\n"
    )
    link = settings.PUBLIC_URL + reverse("applications:link_letter", args=[secret])
    words = {
        **words_of(origin),
        "institution": origin.institution or _("no institution named yet"),
        "programme": origin.programme.name,
        "link": link,
        "email": invitation.email,
        "expires": day_of(invitation.expires_at),
    }
    post_message(
        kind="application.link_invitation",
        to=invitation.email,
        subject=_("An application of your own for “%(title)s”") % words,
        body=body % words,
    )


def tell_link_taken_up(invitation: LinkInvitation) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "%(email)s opened an application that is linked with “%(title)s”. Each is decided by "
        "itself; the page of your application shows where both stand: %(link)s\n"
    )
    words = {**words_of(invitation.origin), "email": invitation.email}
    subject = _("A linked application was opened")
    post_to_applicant(invitation.origin, "link_taken_up", subject, body % words)


def tell_link_declined(invitation: LinkInvitation) -> None:
    body = _(
        "Hello %(name)s,\n\n"
        "%(email)s declined to open an application that is linked with “%(title)s”. Yours goes on "
        "as it is: %(link)s\n"
    )
    words = {**words_of(invitation.origin), "email": invitation.email}
    subject = _("Your invitation to a linked application was declined")
    post_to_applicant(invitation.origin, "link_declined", subject, body % words)

"""Applications of several institutions for one project: asking in, and what is answered."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from applications.actions.applying import start_application
from applications.actions.locking import lock
from applications.actions.saving import save_section
from applications.addresses import addresses_of, clean_address
from applications.emails.linking import invite_to_link, tell_link_declined, tell_link_taken_up
from applications.linked import shared_questions
from applications.models import Application, LinkedApplication, LinkInvitation, form_of
from applications.models.links import INVITING
from applications.permissions import check_own
from applications.states import ApplicationStatus
from audit.log import record
from lib.errors import Refused
from lib.secrets import hash_secret, new_secret
from lib.time import Now, now

# Letters to strangers; more than these wait until some are answered.
MOST_OPEN = 9


class LinkClosed(Refused):
    """The link is wrong, used, replaced, expired or another person's: one sentence for all."""

    http_status = 404

    def __init__(self) -> None:
        super().__init__(
            _(
                "This invitation cannot be used. Sign in with the address that it was sent to; "
                "if it still does not open, ask for a new one."
            )
        )


@transaction.atomic
def invite_linked(application: Application, *, email: str, by: User) -> LinkInvitation:
    """Ask somebody of another institution for an application of their own.

    Refuses before the project has a title, an address of one's own or of one's own institution, a
    second invitation beside an open one, and too many. It says the same whether or not the
    address has an account.
    """
    lock(application)
    check_own(application, by)
    email = clean_address(email)
    _check_can_invite(application)
    _check_other_institution(application, email, by)
    _check_not_invited(application, email)
    secret = new_secret()
    invitation = LinkInvitation.objects.create(
        origin=application,
        email=email,
        secret_hash=hash_secret(secret),
        expires_at=_expiry(application),
    )
    _record("link_invitation.sent", invitation, by)
    invite_to_link(invitation, secret)
    return invitation


def _check_can_invite(application: Application) -> None:
    if application.status not in INVITING:
        raise Refused(
            _("This application is “%(status)s” now, so nobody can be invited from it.")
            % {"status": application.public_status}
        )
    if not application.answers.get("project_title"):
        raise Refused(_("Give the project a title first, so that the letter can name it."))
    if application.link_invitations.open().count() >= MOST_OPEN:
        sentence = _("%(count)s invitations are open: wait for answers or take one back.")
        raise Refused(sentence % {"count": MOST_OPEN})


def _check_other_institution(application: Application, email: str, by: User) -> None:
    if email in addresses_of(by):
        raise Refused(_("This is your own address. Give that of the other institution's person."))
    institution = application.institution
    if institution is not None and institution.owns_domain(email.rpartition("@")[2]):
        raise Refused(
            _(
                "%(email)s is an address of your own institution: list the person as a "
                "collaborator instead."
            )
            % {"email": email}
        )


def _check_not_invited(application: Application, email: str) -> None:
    """One open letter to an address; one that ran out makes room for the next."""
    unanswered = application.link_invitations.filter(email=email, answered_at=None, revoked_at=None)
    unanswered.filter(expires_at__lte=now()).update(revoked_at=Now())
    if unanswered.exists():
        raise Refused(_("%(email)s is invited already.") % {"email": email})


def _expiry(application: Application) -> dt.datetime:
    return now() + dt.timedelta(days=application.programme.invitation_days)


@transaction.atomic
def revoke_link_invitation(invitation: LinkInvitation, *, by: User) -> LinkInvitation:
    """Take it back; refuses what was answered."""
    check_own(invitation.origin, by)
    is_open = LinkInvitation.objects.filter(pk=invitation.pk, answered_at=None, revoked_at=None)
    if not is_open.update(revoked_at=Now()):
        raise Refused(_("This invitation was answered or taken back before."))
    _record("link_invitation.revoked", invitation, by)
    return invitation


def find_link_invitation(secret: str, *, by: User) -> LinkInvitation:
    """The invitation that a letter's link leads to, for whoever proved to read its address."""
    secret_hash = hash_secret(secret.encode(errors="replace").decode())
    found = LinkInvitation.objects.visible_to(by).filter(secret_hash=secret_hash).first()
    if found is None:
        raise LinkClosed
    return found


@transaction.atomic
def hand_on_link_invitation(invitation: LinkInvitation, *, email: str, by: User) -> LinkInvitation:
    """Pass it to whoever leads the project at the invited person's institution; once only.

    The old link ends, and the new address alone can use the new one.
    """
    invitation = _lock_open(invitation, by)
    email = clean_address(email)
    if invitation.handed_on_at is not None:
        raise Refused(
            _("This invitation was handed on before: ask %(name)s to invite the right person.")
            % {"name": invitation.origin.applicant.name}
        )
    if email in addresses_of(by) or email in addresses_of(invitation.origin.applicant):
        raise Refused(_("Give the address of another person than you or whoever invited you."))
    _check_other_institution(invitation.origin, email, by)
    _check_not_invited(invitation.origin, email)
    secret = new_secret()
    invitation.email, invitation.secret_hash = email, hash_secret(secret)
    invitation.handed_on_at, invitation.expires_at = now(), _expiry(invitation.origin)
    invitation.save(update_fields=["email", "secret_hash", "handed_on_at", "expires_at"])
    _record("link_invitation.handed_on", invitation, by)
    invite_to_link(invitation, secret)
    return invitation


@transaction.atomic
def decline_link_invitation(invitation: LinkInvitation, *, by: User) -> LinkInvitation:
    """Say no; whoever invited is told."""
    invitation = _lock_open(invitation, by)
    invitation.answered_at = now()
    invitation.save(update_fields=["answered_at"])
    _record("link_invitation.declined", invitation, by)
    tell_link_declined(invitation)
    return invitation


@transaction.atomic
def take_up_link_invitation(invitation: LinkInvitation, *, by: User) -> Application:
    """Open a draft of one's own that begins with what was said about the project.

    A draft that the person has already is linked instead: what it lacks is filled in, and nothing
    that stands there is overwritten. Refuses a draft that belongs to another project's group, and
    what `start_application` refuses.
    """
    invitation = _lock_open(invitation, by)
    origin = invitation.origin
    drafts = Application.objects.filter(applicant=by, programme=origin.programme)
    application = drafts.filter(status=ApplicationStatus.DRAFT).first()
    application = application or start_application(origin.programme, by=by)
    _join(application, origin)
    _fill_in(application, origin, by)
    invitation.answered_at, invitation.application = now(), application
    invitation.save(update_fields=["answered_at", "application"])
    _record("link_invitation.taken_up", invitation, by)
    tell_link_taken_up(invitation)
    return application


def _lock_open(invitation: LinkInvitation, by: User) -> LinkInvitation:
    """Of two answers the second finds it closed; anybody but the invited person finds nothing."""
    locked = LinkInvitation.objects.select_for_update(of=("self",)).select_related("origin")
    if not LinkInvitation.objects.visible_to(by).filter(pk=invitation.pk).exists():
        raise LinkClosed
    return locked.get(pk=invitation.pk)


def _join(application: Application, origin: Application) -> None:
    """Into the group of whoever invited; the first of all makes it."""
    lock(origin)
    first, _is_new = LinkedApplication.objects.get_or_create(application=origin)
    mine, _is_new = LinkedApplication.objects.get_or_create(
        application=application, defaults={"group": first.group}
    )
    if mine.group != first.group:
        raise Refused(
            _(
                "Your draft is linked with another project already. Submit or withdraw it first, "
                "then open this invitation again."
            )
        )


def _fill_in(application: Application, origin: Application, by: User) -> None:
    """What the new form asks about the project and nobody has answered there yet."""
    lock(application)
    answers = {
        question.key: origin.answers[question.key]
        for question in shared_questions(origin)
        if question.is_answered(origin.answers) and not question.is_answered(application.answers)
    }
    form = form_of(application)
    for section in form.sections:
        shown = form.shown(section, {**application.answers, **answers})
        given: dict[str, Any] = {
            each.key: answers[each.key] for each in shown if each.key in answers
        }
        if given:
            save_section(application, section=section, answers=given, by=by)


def _record(event: str, invitation: LinkInvitation, by: User) -> None:
    taken_up = {"application": str(invitation.application_id)} if invitation.application_id else {}
    details = {"invitation": str(invitation.pk), **taken_up}
    record(event, by=by, subject=invitation.origin, details=details)

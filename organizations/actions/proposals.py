"""Proposing a collaborator: taking a seat, and waiting for the person's account."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from audit.log import record
from audit.status import change_status
from lib.errors import Refused
from organizations import emails
from organizations.models import Membership, Organization
from organizations.permissions import check_has_access, check_lead
from organizations.states import MembershipStatus

_FIELDS = {field.name for field in Membership._meta.fields}


class SeatsFull(Refused):
    """Every seat of the lab is taken."""


class AlreadySeated(Refused):
    """The person has a seat in this lab, or is about to."""


@dataclass(frozen=True)
class ProposedCollaborator:
    """A person whom the principal researcher wants in the lab."""

    email: str
    name: str
    expertise: str


def propose_collaborator(
    organization: Organization, *, email: str, name: str, expertise: str, by: User
) -> Membership:
    """Take a seat for one more collaborator, whom staff then review.

    Only the principal researcher may. Refuses a malformed address, the principal's own, one that
    has a seat already, and a full lab.
    """
    check_lead(organization, by)
    check_has_access(organization)
    return add_collaborator(organization, ProposedCollaborator(email, name, expertise), by=by)


@transaction.atomic
def add_collaborator(
    organization: Organization, proposed: ProposedCollaborator, *, by: User
) -> Membership:
    """Write the proposal; who may propose was checked by the caller."""
    email = _address(proposed.email)
    user = User.objects.with_verified_email(email)
    membership = Membership(
        organization=organization,
        user=user,
        email=email,
        name=" ".join(proposed.name.split()),
        expertise=" ".join(proposed.expertise.split()),
        status=MembershipStatus.UNDER_REVIEW if user else MembershipStatus.WAITING_FOR_ACCOUNT,
    )
    _check_words(membership)
    _check_not_principal(membership)
    _take_free_seat(membership)
    record(
        "membership.proposed",
        by=by,
        subject=membership,
        organization=organization.pk,
        details={"seat": membership.seat, "status": membership.status},
        text=f"{membership.name} <{membership.email}>",
    )
    if user is None:
        emails.ask_to_make_account(membership)
    return membership


def _address(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused(
            _("“%(email)s” is not an e-mail address. Check how it is written.") % {"email": email}
        ) from problem
    return email


def _check_words(membership: Membership) -> None:
    try:
        membership.clean_fields(exclude=_FIELDS - {"name", "expertise"})
    except ValidationError as problem:
        raise Refused(_("Give the person's name and field in at most 100 letters.")) from problem


def _check_not_principal(membership: Membership) -> None:
    principal = membership.organization.principal
    is_same_person = membership.user is not None and membership.user_id == principal.user_id
    if is_same_person or membership.email == principal.email:
        raise AlreadySeated(
            _("This is the principal researcher's own address, and that seat is taken already.")
        )


def _take_free_seat(membership: Membership) -> None:
    """Write the row in the lowest free seat.

    The database refuses a seat that somebody else took meanwhile; then the next one is tried.
    Each such refusal means that a seat was filled, so as many tries as there are seats suffice.
    """
    limit = _seats(membership.organization)
    for _attempt in range(limit + 1):
        membership.seat = _lowest_free_seat(membership.organization, limit)
        try:
            with transaction.atomic():
                membership.save(force_insert=True)
            return
        except IntegrityError as problem:
            _refuse_unless_seat_was_lost(problem)
    raise SeatsFull(_("Others are taking seats in this lab right now. Try again in a moment."))


def _seats(organization: Organization) -> int:
    """As they are now: the row at hand may be older than a change of the scope."""
    organization.refresh_from_db(fields=["collaborators_limit"])
    return organization.seats


def _lowest_free_seat(organization: Organization, limit: int) -> int:
    """People in high seats count too, where the limit was lowered after they came."""
    taken = set(organization.memberships.seated().values_list("seat", flat=True)) - {0}
    if not limit:
        raise SeatsFull(_("This lab is approved for its principal researcher alone."))
    if len(taken) >= limit:
        raise SeatsFull(
            ngettext(
                "The one seat for a collaborator is taken. "
                "Remove somebody who has left before you propose another person.",
                "All %(limit)s seats for collaborators are taken. "
                "Remove somebody who has left before you propose another person.",
                limit,
            )
            % {"limit": limit}
        )
    return min(set(range(1, limit + 1)) - taken)


def _refuse_unless_seat_was_lost(problem: IntegrityError) -> None:
    constraint = getattr(getattr(problem.__cause__, "diag", None), "constraint_name", "")
    if constraint in ("membership_once_by_email", "membership_once_by_user"):
        raise AlreadySeated(
            _("This person has a seat in the lab already, or has been proposed for one.")
        ) from problem
    if constraint != "membership_one_a_seat":
        raise problem


def match_accounts() -> int:
    """Bring every proposal whose person has an account by now before the reviewers."""
    waiting = Membership.objects.filter(status=MembershipStatus.WAITING_FOR_ACCOUNT)
    people = User.objects.filter(
        is_active=True,
        emailaddress__verified=True,
        emailaddress__email__in=waiting.values("email"),
    ).distinct()
    return sum(match_account(user) for user in people)


@transaction.atomic
def match_account(user: User) -> int:
    """Bring this person's proposals before the reviewers; answers how many there were.

    A proposal under a second address of somebody who already has a seat in that lab stays where
    it is, because one person cannot hold two seats.
    """
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    waiting = Membership.objects.filter(
        status=MembershipStatus.WAITING_FOR_ACCOUNT,
        email__in=addresses.values("email"),
    ).exclude(organization__in=Membership.objects.seated().filter(user=user).values("organization"))
    # The sweep and the person's own confirmation may come at once; whoever is second finds none.
    locked = waiting.order_by("id").select_for_update(of=("self",))
    one_a_lab = {membership.organization_id: membership for membership in locked}
    for membership in one_a_lab.values():
        change_status(membership, MembershipStatus.UNDER_REVIEW, by=None, user=user)
    return len(one_a_lab)

"""Every status, every status it could become, and every kind of person: who may make the move."""

import pytest
from django.db import transaction

from audit.models import Entry
from audit.status import change_status
from lib.errors import NotAllowed, Refused
from lib.time import now
from organizations import actions
from organizations.states import (
    MEMBERSHIP_MOVES,
    ORGANIZATION_MOVES,
    SEATED,
    MembershipStatus,
    OrganizationStatus,
)
from tests.factories.organizations import (
    make_invited,
    make_member,
    make_organization,
    make_proposed,
    staff_reviewer,
)
from tests.factories.people import make_user

_M = MembershipStatus
_O = OrganizationStatus
ROLES = ("principal", "person", "member", "reviewer", "operator", "outsider")
ENDS_MEMBERSHIP = {"principal", "person", "operator"}

MEMBERSHIP_TABLE = {
    (_M.WAITING_FOR_ACCOUNT, _M.UNDER_REVIEW): set(),
    (_M.WAITING_FOR_ACCOUNT, _M.REMOVED): {"principal", "operator"},
    (_M.UNDER_REVIEW, _M.INVITED): {"reviewer", "operator"},
    (_M.UNDER_REVIEW, _M.REFUSED): {"reviewer", "operator"},
    (_M.UNDER_REVIEW, _M.REMOVED): ENDS_MEMBERSHIP,
    (_M.INVITED, _M.ACTIVE): {"person"},
    (_M.INVITED, _M.DECLINED): {"person"},
    (_M.INVITED, _M.REMOVED): ENDS_MEMBERSHIP,
    (_M.ACTIVE, _M.REMOVED): ENDS_MEMBERSHIP,
}
ORGANIZATION_TABLE = {
    (_O.ACTIVE, _O.SUSPENDED): {"operator"},
    (_O.SUSPENDED, _O.ACTIVE): {"operator"},
    (_O.ACTIVE, _O.CLOSED): {"operator", "principal"},
    (_O.SUSPENDED, _O.CLOSED): {"operator"},
}


@pytest.fixture
def people(paula, carl, rita, oscar, olga):
    return {
        "principal": paula,
        "person": carl,
        "member": make_user("mona@uva.nl"),
        "reviewer": rita,
        "operator": oscar,
        "outsider": olga,
    }


@pytest.fixture
def lab(people):
    organization = make_organization(people["principal"])
    make_member(organization, people["member"])
    return organization


def walk_to(status, lab, carl):
    """A membership of Carl's that came to this status by the real actions."""
    if status == _M.WAITING_FOR_ACCOUNT:
        return propose_stranger(lab)
    if status in (_M.UNDER_REVIEW, _M.REFUSED):
        membership = make_proposed(lab, carl)
        return refuse(membership) if status == _M.REFUSED else membership
    if status == _M.ACTIVE:
        return make_member(lab, carl)
    membership = make_invited(lab, carl)
    if status == _M.DECLINED:
        return actions.decline_invitation(membership, by=carl)
    if status == _M.REMOVED:
        return actions.remove_membership(membership, by=lab.principal.user)
    return membership


def propose_stranger(lab):
    return actions.propose_collaborator(
        lab, email="nobody@uva.nl", name="Nobody Yet", expertise="", by=lab.principal.user
    )


def refuse(membership):
    return actions.refuse_membership(
        membership, by=staff_reviewer(), reason="INCOMPLETE", comment="Who is it?"
    )


def may_move(row, to, by, **changes):
    """Whether the door lets this person make the move; nothing stays changed."""
    try:
        with transaction.atomic():
            change_status(type(row).objects.get(pk=row.pk), to, by=by, **changes)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


def test_the_tables_here_name_every_move_there_is():
    assert set(MEMBERSHIP_TABLE) == set(MEMBERSHIP_MOVES)
    assert set(ORGANIZATION_TABLE) == set(ORGANIZATION_MOVES)


@pytest.mark.parametrize("status", MembershipStatus)
def test_a_membership_moves_only_by_whoever_may(status, lab, people):
    membership = walk_to(status, lab, people["person"])
    assert membership.status == status

    allowed = {
        to: {role for role in ROLES if may_move(membership, to, people[role], **ends(to))}
        for to in MembershipStatus
    }

    assert allowed == {to: MEMBERSHIP_TABLE.get((status, to), set()) for to in MembershipStatus}


def ends(to):
    return {} if to in SEATED else {"seat": None, "ended_at": now()}


@pytest.mark.parametrize("status", OrganizationStatus)
def test_a_lab_moves_only_by_whoever_may(status, lab, people):
    if status != _O.ACTIVE:
        change_status(lab, status, by=people["operator"])

    allowed = {
        to: {role for role in ROLES if may_move(lab, to, people[role])} for to in OrganizationStatus
    }

    assert allowed == {to: ORGANIZATION_TABLE.get((status, to), set()) for to in OrganizationStatus}


def test_only_carrel_itself_matches_a_proposal_with_an_account(lab, carl):
    membership = propose_stranger(lab)

    change_status(membership, _M.UNDER_REVIEW, by=None, user=carl)

    entry = Entry.objects.get(event="membership.matched")
    assert (entry.actor_id, entry.subject_id) == (None, str(membership.pk))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_empties_the_principals_seat(role, lab, people):
    with pytest.raises(NotAllowed):
        actions.remove_membership(lab.principal, by=people[role])

    assert lab.is_led_by(people["principal"])


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"principal"}))
def test_nobody_else_leads_the_lab(role, lab, people):
    """The rules that are no moves: proposing, resending, the query rule."""
    invited = make_invited(lab, make_user("ines@uva.nl"))
    by = people[role]

    for forbidden in (
        lambda: actions.propose_collaborator(lab, email="x@uva.nl", name="X", expertise="", by=by),
        lambda: actions.resend_invitation(invited, by=by),
        lambda: actions.set_query_rule(lab, "PRINCIPAL_APPROVES", by=by),
        lambda: actions.issue_client(lab.principal, by=by),
    ):
        with pytest.raises(NotAllowed):
            forbidden()

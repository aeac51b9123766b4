"""Every status x move x role, and every status x rule x role; a new status fails until it has rows.

The expectations are written by hand; which statuses, moves and rules there are is read from the
code, so that nothing can be left out.
"""

import inspect

import pytest
from django.db import transaction

from applications import actions, permissions
from applications.models import Application
from applications.states import APPLICATION_MOVES, NEXT_ACTS, OPEN, PUBLIC_NAMES, Actor
from applications.states import ApplicationStatus as S
from audit.status import by_carrel_itself, change_status
from lib.errors import Refused
from reviews.models import Outcome
from tests.factories.review import ReviewWorld

pytestmark = pytest.mark.django_db

APPLICANT = {"applicant"}
LEADER, ASKED, UNASKED = "reviewer who leads it", "reviewer who was asked", "reviewer not asked"
EXTERNAL, OPERATOR = "external reviewer", "operator"
REFUSER, FIRST_ROUND = "reviewer who refused it", "reviewer of the first round"
STAFF = {LEADER, ASKED, UNASKED, OPERATOR}
NOBODY = set()

# Who makes which move. Moves that Carrel makes by itself are open to nobody.
WHO_MOVES = {
    (S.DRAFT, S.SUBMITTED): APPLICANT,
    (S.DRAFT, S.WITHDRAWN): APPLICANT,
    (S.DRAFT, S.EXPIRED): NOBODY,
    (S.SUBMITTED, S.IN_REVIEW): STAFF,
    (S.SUBMITTED, S.REFUSAL_PROPOSED): STAFF,
    (S.SUBMITTED, S.CHANGES_REQUESTED): STAFF,
    (S.SUBMITTED, S.WITHDRAWN): APPLICANT,
    (S.REFUSAL_PROPOSED, S.DECLINED): STAFF - {LEADER},
    (S.REFUSAL_PROPOSED, S.IN_REVIEW): STAFF - {LEADER},
    (S.REFUSAL_PROPOSED, S.WITHDRAWN): APPLICANT,
    (S.IN_REVIEW, S.CONSOLIDATING): NOBODY,
    (S.IN_REVIEW, S.CHANGES_REQUESTED): STAFF,
    (S.IN_REVIEW, S.WITHDRAWN): APPLICANT,
    (S.CONSOLIDATING, S.APPROVED): {LEADER, ASKED},
    (S.CONSOLIDATING, S.DECLINED): {LEADER, ASKED},
    (S.CONSOLIDATING, S.CHANGES_REQUESTED): STAFF,
    (S.CONSOLIDATING, S.IN_REVIEW): NOBODY,
    (S.CONSOLIDATING, S.WITHDRAWN): APPLICANT,
    (S.CHANGES_REQUESTED, S.SUBMITTED): APPLICANT,
    (S.CHANGES_REQUESTED, S.IN_REVIEW): APPLICANT,
    (S.CHANGES_REQUESTED, S.WITHDRAWN): APPLICANT,
    (S.CHANGES_REQUESTED, S.EXPIRED): NOBODY,
    (S.DECLINED, S.APPEALED): APPLICANT,
    (S.APPEALED, S.DECLINED): {LEADER, ASKED},
    (S.APPEALED, S.APPROVED): {LEADER, ASKED},
    (S.APPEALED, S.WITHDRAWN): APPLICANT,
}

_WITH_STAFF = (S.SUBMITTED, S.REFUSAL_PROPOSED, S.IN_REVIEW, S.CONSOLIDATING, S.APPEALED)

# Who passes which rule in which status; a status that is not named lets nobody pass. On appeal
# nobody who had a part in the refusal judges, though they may still read the file.
WHO_PASSES = {
    "can_edit": dict.fromkeys((S.DRAFT, S.CHANGES_REQUESTED), APPLICANT),
    "can_withdraw": dict.fromkeys(OPEN, APPLICANT),
    "can_screen": {S.SUBMITTED: STAFF},
    "can_confirm_refusal": {S.REFUSAL_PROPOSED: STAFF - {LEADER}},
    "can_ask_for_changes": dict.fromkeys((S.SUBMITTED, S.IN_REVIEW, S.CONSOLIDATING), STAFF),
    "can_choose_institution": dict.fromkeys(_WITH_STAFF, STAFF)
    | {S.APPEALED: STAFF | {REFUSER, FIRST_ROUND}},
    "can_give_review": {S.IN_REVIEW: {ASKED, EXTERNAL}},
    "can_take_review": {S.IN_REVIEW: STAFF, S.APPEALED: STAFF},
    "can_step_back": {
        S.SUBMITTED: {LEADER},
        S.REFUSAL_PROPOSED: {LEADER},
        S.IN_REVIEW: {LEADER, ASKED, EXTERNAL},
        S.CONSOLIDATING: {LEADER, ASKED, EXTERNAL},
        S.APPEALED: {LEADER, ASKED},
    },
    "can_assign": {status: {LEADER, OPERATOR} for status in _WITH_STAFF},
    "can_invite_external": {status: {OPERATOR} for status in (S.IN_REVIEW, S.APPEALED)},
    "can_extend": dict.fromkeys(_WITH_STAFF, STAFF) | {S.APPEALED: STAFF | {REFUSER, FIRST_ROUND}},
    "can_decide": {S.CONSOLIDATING: {LEADER, ASKED}},
    "can_appeal": {S.DECLINED: APPLICANT},
    "can_decide_appeal": {S.APPEALED: {LEADER, ASKED}},
}
# Rules that are about something else than an application, or tested beside what they guard.
ELSEWHERE = {"can_judge", "can_apply_again"}


def deed(application, to, by):
    """The action that makes the move; where there is none, the bare door."""
    reason = {"reason": "COMMERCIAL_USE", "comment": "It is commercial."}
    named = {
        (S.DRAFT, S.SUBMITTED): (actions.submit_application, {}),
        (S.CHANGES_REQUESTED, S.SUBMITTED): (actions.submit_application, {}),
        (S.CHANGES_REQUESTED, S.IN_REVIEW): (actions.submit_application, {}),
        (S.SUBMITTED, S.IN_REVIEW): (actions.pass_screening, {}),
        (S.SUBMITTED, S.REFUSAL_PROPOSED): (actions.propose_refusal, reason),
        (S.REFUSAL_PROPOSED, S.IN_REVIEW): (actions.object_to_refusal, {}),
        (S.REFUSAL_PROPOSED, S.DECLINED): (actions.confirm_refusal, {}),
        (S.CONSOLIDATING, S.APPROVED): (actions.approve_application, {}),
        (S.CONSOLIDATING, S.DECLINED): (actions.decline_application, reason),
        (S.DECLINED, S.APPEALED): (actions.appeal_application, {"text": "No."}),
        (S.APPEALED, S.DECLINED): (actions.uphold_refusal, reason),
        (S.APPEALED, S.APPROVED): (actions.overturn_refusal, {}),
    }
    if to == S.WITHDRAWN:
        return actions.withdraw_application(application, by=by)
    if to == S.CHANGES_REQUESTED:
        return actions.request_changes(application, by=by, comment="More, please.")
    action, given = named.get((application.status, to), (None, {}))
    return action(application, by=by, **given) if action else change_status(application, to, by=by)


def is_made(application, to, by):
    """Whether the move was made; the database is put back as it was."""
    point = transaction.savepoint()
    try:
        deed(Application.objects.get(pk=application.pk), to, by)
        return Application.objects.get(pk=application.pk).status == to
    except Refused:
        return False
    finally:
        transaction.savepoint_rollback(point)


def moves_made(status, **variant):
    world = ReviewWorld(status, **variant)
    return {
        (to, role)
        for role, by in world.people.items()
        for to in S
        # Carrel itself, which is nobody, makes its own moves.
        if not (by is None and _is_carrels(status, to))
        if is_made(world.application, to, by)
    }


def _is_carrels(status, to):
    move = APPLICATION_MOVES.get((status, to))
    return move is not None and move.check is by_carrel_itself


VARIANTS = {
    S.CONSOLIDATING: [{"verdict": Outcome.APPROVED}, {"verdict": Outcome.DECLINED}],
    S.APPEALED: [{"verdict": Outcome.APPROVED}, {"verdict": Outcome.DECLINED}],
    S.CHANGES_REQUESTED: [{"is_screened": False}, {"is_screened": True}],
}


def test_the_table_names_every_move_that_there_is():
    assert set(WHO_MOVES) == set(APPLICATION_MOVES)


@pytest.mark.parametrize("status", S)
def test_each_move_is_made_by_those_and_only_those_of_the_table(status):
    made = set()
    for variant in VARIANTS.get(status, [{}]):
        made |= _in_a_world_of_its_own(status, variant)

    expected = {
        (to, role) for (now, to), roles in WHO_MOVES.items() if now == status for role in roles
    }
    assert made == expected


def _in_a_world_of_its_own(status, variant):
    point = transaction.savepoint()
    try:
        return moves_made(status, **variant)
    finally:
        transaction.savepoint_rollback(point)


def test_the_table_names_every_rule_that_there_is():
    rules = {name for name, _ in inspect.getmembers(permissions) if name.startswith("can_")}

    assert set(WHO_PASSES) | ELSEWHERE == rules


@pytest.mark.parametrize("status", S)
def test_each_rule_lets_those_and_only_those_of_the_table_pass(status):
    world = ReviewWorld(status)

    passed = {
        (name, role)
        for name in WHO_PASSES
        for role, by in world.people.items()
        if getattr(permissions, name)(world.application, by)
    }

    expected = {
        (name, role) for name, rows in WHO_PASSES.items() for role in rows.get(status, NOBODY)
    }
    assert passed == expected


@pytest.mark.parametrize("status", S)
def test_every_status_says_who_acts_next_to_both_sides(status):
    act = NEXT_ACTS[status]

    assert str(act.for_staff).endswith(".")
    assert str(act.for_applicant).endswith(".")
    assert str(PUBLIC_NAMES[status])
    assert (act.actor == Actor.NOBODY) is not any(now == status for now, _to in _PEOPLES_MOVES)


# An appeal is a right and no duty, so nobody has to act on a refusal.
_PEOPLES_MOVES = [
    move
    for move, arrow in APPLICATION_MOVES.items()
    if arrow.check is not by_carrel_itself and move != (S.DECLINED, S.APPEALED)
]

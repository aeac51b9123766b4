"""Who may do what in which status: asked of the real checks by a whole cast, for docs and help.

`portal/matrix.json` is the answer. Where the file is missing it is drawn anew; that is how
`make docs` does it.
"""

import inspect
import json

import pytest
from django.db import transaction

from applications import permissions
from applications.models import Application
from applications.states import APPLICATION_MOVES
from applications.states import ApplicationStatus as S
from lib.errors import allows
from portal.rulebook import MATRIX_PATH, ROLES, RULES
from tests.factories.review import ReviewWorld

# About reading, and about beginning another application; the matrix tells what is done with one.
NOT_DRAWN = {"can_judge", "can_apply_again"}


def rule_names():
    return {name for name, _rule in inspect.getmembers(permissions) if name.startswith("can_")}


def who_passes(check, world):
    return [role for role, by in world.people.items() if allows(check, world.application, by)]


def asked(status):
    """The answers in one status, in a world of its own that is forgotten afterwards."""
    point = transaction.savepoint()
    try:
        world = ReviewWorld(status)
        moves = {
            to: who_passes(move.check, world)
            for (now, to), move in APPLICATION_MOVES.items()
            if now == status
        }
        rules = {
            name: who_passes(getattr(permissions, name.replace("can_", "check_")), world)
            for name in sorted(rule_names() - NOT_DRAWN)
        }
    finally:
        transaction.savepoint_rollback(point)
    return {"moves": moves, "rules": {name: roles for name, roles in rules.items() if roles}}


@pytest.fixture
def drawn(db):
    return {status.value: asked(status) for status in S}


def test_the_matrix_says_what_the_checks_say(drawn):
    text = json.dumps(drawn, indent=1) + "\n"
    if not MATRIX_PATH.exists():
        MATRIX_PATH.write_text(text, encoding="utf-8")

    assert MATRIX_PATH.read_text(encoding="utf-8") == text, "stale: run `make docs` and commit it"


def test_a_check_that_lets_somebody_else_pass_makes_the_matrix_stale(db, monkeypatch):
    """The control: the screening without its guard."""
    known = json.loads(MATRIX_PATH.read_text(encoding="utf-8"))
    monkeypatch.setattr(permissions, "check_screen", lambda application, by: None)

    assert Application.objects.count() == 0
    assert asked(S.SUBMITTED)["rules"] != known["SUBMITTED"]["rules"]


def test_each_rule_and_role_has_its_words():
    known = json.loads(MATRIX_PATH.read_text(encoding="utf-8"))

    roles = {
        role
        for status in known.values()
        for part in status.values()
        for each in part.values()
        for role in each
    }
    assert roles <= set(ROLES)
    assert set(RULES) == rule_names() - NOT_DRAWN

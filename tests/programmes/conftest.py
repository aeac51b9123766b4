"""The default programme, and a second operator."""

import pytest

from accounts.roles import Role
from programmes.models import Programme
from tests.factories.people import make_user


@pytest.fixture
def programme(db):
    return Programme.objects.default()


@pytest.fixture
def otto(db):
    """Another operator."""
    return make_user("otto@carrel.test", name="Otto Otis", role=Role.OPERATOR)

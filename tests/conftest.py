"""The database as the tests find it, and the fixed cast that plays in all of them."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from accounts.roles import Role
from lib import clock
from tests.browser import open_browser
from tests.factories.people import make_user

_ALLOW_TRUNCATE = """
DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry;
DROP TRIGGER IF EXISTS audit_seal_no_truncate ON audit_seal;
DROP TRIGGER IF EXISTS audit_entrytext_no_truncate ON audit_entrytext;
"""


def pytest_addoption(parser):
    parser.addoption("--pictures", default="", help="the folder that browser tests draw into")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests empty tables by TRUNCATE and move the clock; no other database allows either."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(_ALLOW_TRUNCATE)
        clock.install_movable_clock()


@pytest.fixture(scope="session", autouse=True)
def static_files_as_they_lie():
    """Pages name and serve static files from the tree; no test waits for a collected copy.

    For the whole session, because a live server is started once and reads its settings then.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**settings.STORAGES, "staticfiles": plain}
    with override_settings(
        STORAGES=storages, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    """The real hasher is slow on purpose; most of the suite's time would go into it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; where there is none, one line says so for each module that needs it."""
    with open_browser() as browser:
        if browser is None:
            pytest.skip("no Chromium or Chrome here; `playwright install chromium` brings one")
        yield browser


@pytest.fixture
def move_clock(db):
    """Move `carrel_now()` for every session of the test database; put back afterwards."""
    yield clock.move_clock
    clock.move_clock(dt.timedelta(0))


@pytest.fixture
def paula(db):
    """The principal researcher, at the University of Amsterdam."""
    return make_user("paula@uva.nl", name="Paula Prins")


@pytest.fixture
def carl(db):
    """A collaborator of Paula's."""
    return make_user("carl@uva.nl", name="Carl Claes")


@pytest.fixture
def rita(db):
    """A reviewer."""
    return make_user("rita@carrel.test", name="Rita Reyes", role=Role.REVIEWER)


@pytest.fixture
def oscar(db):
    """The operator."""
    return make_user("oscar@carrel.test", name="Oscar Ohm", role=Role.OPERATOR)


@pytest.fixture
def olga(db):
    """An outsider, who has an account and nothing else."""
    return make_user("olga@ethz.ch", name="Olga Orlova")

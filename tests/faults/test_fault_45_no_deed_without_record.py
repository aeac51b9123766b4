"""Fault 45: where the log cannot be written, nothing is done either.

The decision has its test in tests/applications/test_at_once.py; here are the other deeds that the
fault names. The control swallows the fault of the log, and the deed is done without a record.
"""

from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

import audit.log
from applications import actions
from applications.models import Application
from applications.states import ApplicationStatus as S
from audit.models import Entry
from programmes.actions import change_policy
from programmes.models import PolicyChange, Programme
from reviews.models import Outcome, Review
from tests.factories.applications import give, make_application, make_draft
from tests.factories.organizations import make_organization
from tests.factories.queries import make_run, take_turns
from tests.queries.conftest import corpus, corpus_made_once  # noqa: F401

pytestmark = pytest.mark.django_db

_FULL_DISK = """
CREATE FUNCTION refuse_entry() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'no space left'; END$$;
CREATE TRIGGER refuse_entry BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_entry();
"""


def fill_the_disk():
    """From now on the database refuses every entry; undone with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_FULL_DISK)


class Submitting:
    def __init__(self, paula, rita, oscar):
        self.application = make_draft(paula)

    def act(self):
        actions.submit_application(self.application, by=self.application.applicant)

    def is_done(self):
        return Application.objects.get(pk=self.application.pk).status != S.DRAFT


class GivingAReview:
    def __init__(self, paula, rita, oscar):
        self.application = make_application(paula, status=S.IN_REVIEW)
        self.review = Review.objects.about(self.application).first()

    def act(self):
        give(self.application, self.review.reviewer, Outcome.APPROVED)

    def is_done(self):
        return Review.objects.get(pk=self.review.pk).recommendation != ""


class ChangingThePolicy:
    def __init__(self, paula, rita, oscar):
        self.programme, self.oscar = Programme.objects.default(), oscar

    def act(self):
        changes = {"review_target_days": 99}
        change_policy(self.programme, changes=changes, by=self.oscar, reason="Busy.")

    def is_done(self):
        has_changed = Programme.objects.default().review_target_days == 99
        return has_changed or PolicyChange.objects.filter(setting="review_target_days").exists()


DEEDS = [Submitting, GivingAReview, ChangingThePolicy]


def attempt(deed):
    """Whether it was done although the log cannot be written."""
    fill_the_disk()
    before = Entry.objects.count()
    with suppress(DatabaseError), transaction.atomic():
        deed.act()
    assert Entry.objects.count() == before
    return deed.is_done()


@pytest.mark.parametrize("kind", DEEDS)
def test_what_cannot_be_recorded_is_not_done(kind, paula, rita, oscar):
    assert not attempt(kind(paula, rita, oscar))


def swallow_faults(monkeypatch):
    """The log less its guard: an entry that cannot be written is passed over."""
    create = Entry.objects.create

    def create_if_possible(**given):
        try:
            with transaction.atomic():
                return create(**given)
        except DatabaseError:
            return Entry(**given)

    monkeypatch.setattr(audit.log.Entry.objects, "create", create_if_possible)
    monkeypatch.setattr(audit.log.EntryText.objects, "create", lambda **given: None)


@pytest.mark.parametrize("kind", DEEDS)
def test_control_a_log_that_swallows_its_fault_lets_the_deed_pass(
    kind, paula, rita, oscar, monkeypatch
):
    deed = kind(paula, rita, oscar)
    swallow_faults(monkeypatch)

    assert attempt(deed)


def download(client, run):
    """The file, or nothing when the download fails."""
    url = reverse("queries:download", args=[run.organization_id, run.pk, "csv"])
    try:
        with transaction.atomic():
            answer = client.get(url)
    except DatabaseError:
        return b""
    return b"".join(answer) if answer.streaming else answer.content


@pytest.fixture
def run(corpus, paula, client):  # noqa: F811
    client.force_login(paula)
    return take_turns(make_run(make_organization(paula), paula))


def test_a_download_that_cannot_be_recorded_gives_nothing(client, run):
    fill_the_disk()

    assert download(client, run) == b""


def test_control_with_a_swallowed_fault_the_file_leaves(client, run, monkeypatch):
    swallow_faults(monkeypatch)
    fill_the_disk()

    assert download(client, run)

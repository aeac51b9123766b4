"""Two who act at once, stale pages, ties, a log that cannot be written, a mail server that is down.

Each fault has its control: the same test on the real code less one named guard, which shows that
the test would notice.
"""

import datetime as dt
import threading
from contextlib import contextmanager, suppress

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import override_settings

from accounts.roles import Role
from applications import actions, permissions
from applications.actions import deciding
from applications.models import Application
from applications.states import ApplicationStatus as S
from audit import status as door
from audit.models import Entry
from lib.errors import NotAllowed, Refused
from outbox.actions import send_due_messages
from outbox.models import Message
from reviews.actions import declare_conflict
from reviews.models import Decision, Outcome
from tests.factories.applications import fill_in, make_application
from tests.factories.people import make_user

MEETING_SECONDS = 3


def meet_after_checking(monkeypatch):
    """Let both go on only when both have seen the row; where a lock holds one, the other waits in
    vain and goes on alone."""
    meeting = threading.Barrier(2)
    real = permissions._check_stands_at

    def check(*given):
        real(*given)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(MEETING_SECONDS)

    monkeypatch.setattr(permissions, "_check_stands_at", check)


def without_row_locks(monkeypatch):
    """The guard that is taken away: the lock on the row that is decided about."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, *_, **__: rows)


def at_once(*deeds):
    """Do all at the same time; answers the sentences of those that were refused."""
    refusals = []

    def carry_out(deed):
        try:
            deed()
        except Refused as refusal:
            refusals.append(refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def fresh(application):
    return Application.objects.get(pk=application.pk)


def two_confirm(application, rita, oscar):
    return at_once(
        lambda: actions.confirm_refusal(fresh(application), by=rita),
        lambda: actions.object_to_refusal(fresh(application), by=oscar),
    )


def two_decide(application, rita, other):
    return at_once(
        lambda: actions.approve_application(fresh(application), by=rita),
        lambda: actions.approve_application(fresh(application), by=other),
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_hears_who_was_first(paula, rita, monkeypatch):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    other = next(person for person in actions.deciders(application) if person != rita)
    meet_after_checking(monkeypatch)

    (sentence,) = two_decide(application, rita, other)

    entry = Entry.objects.get(event="application.approved")
    first = rita if entry.actor_id == rita.pk else other
    assert f"“Approved” now, by {first.name} on {entry.at:%-d %B %Y, %H:%M} UTC" in sentence
    assert Decision.objects.about(application).count() == 1
    assert Message.objects.filter(kind="application.approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_and_object_at_once_one_wins(paula, rita, oscar, monkeypatch):
    application = make_application(paula, status=S.REFUSAL_PROPOSED)
    meet_after_checking(monkeypatch)

    refusals = two_confirm(application, rita, oscar)

    assert len(refusals) == 1
    is_declined = fresh(application).status == S.DECLINED
    assert Decision.objects.about(application).filter(is_proposal=False).count() == is_declined


@pytest.mark.django_db(transaction=True)
def test_control_without_the_row_lock_both_would_be_told_that_they_won(
    paula, rita, oscar, monkeypatch
):
    application = make_application(paula, status=S.REFUSAL_PROPOSED)
    without_row_locks(monkeypatch)
    meet_after_checking(monkeypatch)

    assert two_confirm(application, rita, oscar) == []


@pytest.mark.django_db
def test_a_withdrawn_application_is_not_decided(paula, rita):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    actions.withdraw_application(fresh(application), by=paula)

    with pytest.raises(Refused, match="“Withdrawn” now, by Paula Prins on"):
        actions.approve_application(application, by=rita, version=1)


def changed_behind(application, paula, rita):
    """The applicant hands in another version, and its reviews come in."""
    seen = application.version_count
    actions.request_changes(fresh(application), by=rita, comment="Which parties?")
    fill_in(fresh(application), {"research_questions": "Which of five parties?"})
    actions.submit_application(fresh(application), by=paula)
    return seen


@pytest.mark.django_db
def test_a_page_that_showed_an_older_version_decides_nothing(paula, rita):
    application = make_application(paula, status=S.SUBMITTED, reviewer=rita)
    seen = changed_behind(application, paula, rita)

    for deed, given in (
        (actions.pass_screening, {}),
        (actions.propose_refusal, {"reason": "INCOMPLETE", "comment": "Thin."}),
        (actions.request_changes, {"comment": "More."}),
    ):
        with pytest.raises(Refused, match="You looked at version 1") as told:
            deed(application, by=rita, version=seen, **given)
        assert "submitted version 2" in told.value.sentence
        assert "esearch question" in told.value.sentence

    actions.pass_screening(application, by=rita, version=2)


@pytest.mark.django_db
def test_control_without_the_look_at_the_version_a_stale_page_would_decide(
    paula, rita, monkeypatch
):
    application = make_application(paula, status=S.SUBMITTED, reviewer=rita)
    seen = changed_behind(application, paula, rita)
    monkeypatch.setattr(deciding, "check_version", lambda *_: None)

    actions.request_changes(application, by=rita, comment="More.", version=seen)

    assert fresh(application).status == S.CHANGES_REQUESTED


@pytest.mark.django_db
def test_a_tie_closes_the_decision_also_to_whoever_reviewed(paula, rita):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    declare_conflict(application, person=rita, sentence="We write a book.", by=rita)

    with pytest.raises(NotAllowed, match="without a tie"):
        actions.approve_application(application, by=rita)

    assert Entry.objects.filter(event="conflict.declared").count() == 1


@pytest.mark.django_db
def test_control_without_the_look_for_ties_they_would_decide(paula, rita, monkeypatch):
    application = make_application(paula, status=S.CONSOLIDATING, reviewer=rita)
    declare_conflict(application, person=rita, sentence="We write a book.", by=rita)
    monkeypatch.setattr(permissions, "check_judge", lambda *_: None)

    actions.approve_application(application, by=rita)

    assert fresh(application).status == S.APPROVED


@pytest.mark.django_db
@pytest.mark.parametrize("status", [S.SUBMITTED, S.REFUSAL_PROPOSED, S.CONSOLIDATING])
def test_nobody_decides_about_their_own_application(status):
    ruth = make_user("ruth@uva.nl", name="Ruth", role=Role.OPERATOR)
    application = make_application(ruth, status=status)

    for deed, given in (
        (actions.pass_screening, {}),
        (actions.confirm_refusal, {}),
        (actions.approve_application, {}),
        (actions.take_review, {}),
        (actions.set_owner, {"to": ruth}),
    ):
        with pytest.raises(NotAllowed, match="without a tie"):
            deed(application, by=ruth, **given)


@contextmanager
def log_that_cannot_be_written():
    """Every new entry is refused by the database, as when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_entry() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'no space left'; END$$;"
            "CREATE TRIGGER refuse_entry BEFORE INSERT ON audit_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_entry();"
        )
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION refuse_entry() CASCADE")


def decline(application, by):
    return actions.decline_application(
        application, by=by, reason="COMMERCIAL_USE", comment="It sells."
    )


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_recorded_is_not_decided(paula, rita):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED
    )

    with log_that_cannot_be_written(), pytest.raises(DatabaseError, match="no space left"):
        decline(application, rita)

    assert fresh(application).status == S.CONSOLIDATING
    assert not Decision.objects.about(application).exists()
    assert not Message.objects.filter(kind="application.declined").exists()


@pytest.mark.django_db(transaction=True)
def test_control_a_door_that_swallows_the_fault_would_decide_without_a_record(
    paula, rita, monkeypatch
):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED
    )
    real = door.record

    def swallow(*given, **named):
        try:
            with transaction.atomic():
                real(*given, **named)
        except DatabaseError:
            pass

    monkeypatch.setattr(door, "record", swallow)

    with log_that_cannot_be_written():
        decline(application, rita)

    assert fresh(application).status == S.DECLINED
    assert not Entry.objects.filter(event="application.declined").exists()


class MailServerDown:
    """A mail server that nobody answers at."""

    def __init__(self, *_, **__):
        pass

    def send_messages(self, _messages):
        raise ConnectionRefusedError("nobody answers")


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_neither_blocks_nor_loses_a_decision(paula, rita, move_clock):
    application = make_application(
        paula, status=S.CONSOLIDATING, reviewer=rita, verdict=Outcome.DECLINED
    )

    with override_settings(EMAIL_BACKEND=f"{__name__}.MailServerDown"):
        decline(application, rita)
        assert send_due_messages() == 0

    assert fresh(application).status == S.DECLINED
    letter = Message.objects.get(kind="application.declined")
    assert (letter.sent_at, letter.failed_at, letter.attempt_count) == (None, None, 1)

    move_clock(dt.timedelta(minutes=10))
    send_due_messages()
    send_due_messages()

    sent = [each for each in mail.outbox if each.subject == letter.subject]
    assert len(sent) == 1

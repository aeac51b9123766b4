"""Fault 47: a slow mail server. For one that is down see tests/applications/test_at_once.py.

While one sender waits for the server, others come; the mail leaves once. The control is the sender
less its lease.
"""

import pytest
from django.core import mail

from lib.time import Now
from outbox.actions import EmailMessage, post_message, send_due_messages
from outbox.models import Message

pytestmark = pytest.mark.django_db


class SlowMail(EmailMessage):
    """While it leaves, another sender comes and looks for work, once."""

    is_crowded = True

    def send(self, *given, **more):
        if SlowMail.is_crowded:
            SlowMail.is_crowded = False
            send_due_messages(at_most=1)
        return super().send(*given, **more)


@pytest.fixture
def slow_server(monkeypatch):
    SlowMail.is_crowded = True
    monkeypatch.setattr("outbox.actions.EmailMessage", SlowMail)
    return post_message(kind="interest.confirm", to="paula@uva.nl", subject="A", body="B")


def test_a_mail_that_takes_its_time_leaves_once(slow_server, mailoutbox):
    send_due_messages()
    send_due_messages()

    assert len(mail.outbox) == 1
    assert Message.objects.get(pk=slow_server.pk).attempt_count == 1


def test_control_without_the_lease_it_would_leave_twice(slow_server, mailoutbox, monkeypatch):
    def claim():
        return Message.objects.due().order_by("id").first()

    monkeypatch.setattr("outbox.actions._claim_message", claim)

    send_due_messages(at_most=1)

    assert len(mail.outbox) == 2


def test_a_mail_that_was_about_to_leave_when_its_sender_died_is_taken_up_again(
    slow_server, mailoutbox
):
    """The lease ends, so a dead sender keeps no mail for ever."""
    Message.objects.filter(pk=slow_server.pk).update(attempt_count=1, lease_until=Now())

    assert send_due_messages() == 1
    assert len(mail.outbox) == 1

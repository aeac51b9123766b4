"""Sending what was written: once, later when it fails, and never at the cost of the others."""

import datetime as dt

from outbox import tasks
from outbox.actions import post_message, send_due_messages
from outbox.models import Message


def post(subject="A subject"):
    return post_message(
        kind="interest.confirm", to="paula@uva.nl", subject=subject, body="The text."
    )


def test_a_message_leaves_once_with_its_own_id(db, mailoutbox):
    message = post()

    tasks.send_messages(later_argument="ignored")
    assert send_due_messages() == 0

    (mail,) = mailoutbox
    assert (mail.subject, mail.body, mail.to) == ("A subject", "The text.", ["paula@uva.nl"])
    assert str(message.pk) in mail.extra_headers["Message-ID"]
    message.refresh_from_db()
    assert (message.sent_at is not None, message.attempt_count) == (True, 1)


def test_a_text_is_not_stored_in_clear(db):
    assert b"The text." not in bytes(post().body_encrypted)


def test_a_mail_server_that_is_down_is_asked_again_later_each_time(db, settings, move_clock):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = post()
    passed = dt.timedelta(0)

    for minutes in (1, 5, 30, 120, 480, 1440):
        assert send_due_messages() == 0
        message.refresh_from_db()
        assert message.failed_at is None
        assert message.problem
        move_clock(passed + dt.timedelta(minutes=minutes - 0.5))
        assert not Message.objects.due().exists()
        passed += dt.timedelta(minutes=minutes + 1)
        move_clock(passed)

    send_due_messages()
    message.refresh_from_db()
    assert message.failed_at is not None
    assert not Message.objects.due().exists()


def test_a_message_in_the_hands_of_a_dead_sender_becomes_due_again(db, mailoutbox, move_clock):
    message = post()
    Message.objects.filter(pk=message.pk).update(lease_until=message.created_at + dt.timedelta(60))
    assert send_due_messages() == 0

    move_clock(dt.timedelta(days=61))
    assert send_due_messages() == 1


def test_a_message_whose_key_is_gone_waits_and_the_next_one_leaves(db, mailoutbox, settings):
    with_new_key = settings.SECRET_KEY
    settings.SECRET_KEY = "a key that was lost"
    lost = post("Locked")
    settings.SECRET_KEY = with_new_key
    post("Open")

    assert send_due_messages() == 1

    assert [mail.subject for mail in mailoutbox] == ["Open"]
    lost.refresh_from_db()
    assert "InvalidToken" in lost.problem
    assert lost.not_before > lost.created_at

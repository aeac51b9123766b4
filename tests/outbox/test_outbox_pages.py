"""The outbox of a demonstration, and that it exists nowhere else."""

import re

import pytest
from django.urls import reverse

from lib.time import Now
from outbox.actions import post_message
from outbox.models import Message


def post(subject="A subject", body="The text."):
    return post_message(kind="interest.confirm", to="paula@uva.nl", subject=subject, body=body)


def test_an_empty_outbox_says_so(client, db):
    assert "No mail yet" in client.get("/outbox/").content.decode()


def test_the_newest_message_stands_first(client, db):
    post("The older one")
    post("The newer one")

    page = client.get("/outbox/").content.decode()

    assert page.index("The newer one") < page.index("The older one")
    assert "paula@uva.nl" in page


@pytest.mark.parametrize(
    ("moment", "word"), [("sent_at", "Sent"), ("failed_at", "Given up"), (None, "Waiting")]
)
def test_the_list_tells_what_became_of_a_message(client, db, moment, word):
    post()
    if moment:
        Message.objects.update(**{moment: Now()})

    words = re.findall(r'class="status[^>]*>([^<]+)<', client.get("/outbox/").content.decode())

    assert words == [word]


def test_a_message_shows_its_text_with_links_that_can_be_followed(client, db):
    message = post(body="Open http://127.0.0.1:8000/accounts/confirm-email/Mg:1a-b:c_d/ now.")

    page = client.get(reverse("outbox_message", args=[message.pk])).content.decode()

    link = 'href="http://127.0.0.1:8000/accounts/confirm-email/Mg:1a-b:c_d/" rel="nofollow"'
    assert link in page


def test_the_text_of_a_message_is_never_markup(client, db):
    message = post(subject="<b>bold</b>", body="<script>alert(1)</script>")

    page = client.get(reverse("outbox_message", args=[message.pk])).content.decode()

    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_long_outbox_has_pages(client, db):
    for number in range(51):
        post(f"Subject {number}")

    assert "Subject 0<" not in client.get("/outbox/").content.decode()
    assert "Subject 0<" in client.get("/outbox/?page=2").content.decode()


def test_outside_of_a_demonstration_the_outbox_does_not_exist(client, paula, oscar, settings):
    message = post()
    settings.DEMO = False

    for user in (None, paula, oscar):
        if user:
            client.force_login(user)
        assert client.get("/outbox/").status_code == 404
        assert client.get(reverse("outbox_message", args=[message.pk])).status_code == 404
        assert b"/outbox/" not in client.get("/").content

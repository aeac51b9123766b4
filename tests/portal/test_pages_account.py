"""Signing up, confirming the address, signing in, and a new password, over HTTP."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from accounts.models import User
from outbox.models import Message
from tests.factories.people import PASSWORD

NEW_PASSWORD = "another rather long password"


@pytest.fixture(autouse=True)
def without_earlier_attempts(db):
    """The rate limits count in the cache."""
    cache.clear()


def sign_up(client, email):
    fields = {"name": "Nora New", "email": email, "password1": PASSWORD, "password2": PASSWORD}
    return client.post("/accounts/signup/", fields, follow=True)


def sign_in(client, email, password=PASSWORD):
    return client.post("/accounts/login/", {"login": email, "password": password}, follow=True)


def ask_for_new_password(client, email):
    return client.post("/accounts/password/reset/", {"email": email}, follow=True)


def link_in_mail(to):
    (message,) = Message.objects.filter(to=to)
    return re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_signing_up_writes_a_mail_whose_link_confirms_the_address(client):
    page = sign_up(client, "nora@uva.nl")
    assert "We have sent you a mail." in page.content.decode()
    assert not is_signed_in(client)

    link = link_in_mail("nora@uva.nl")
    assert "nora@uva.nl" in client.get(link).content.decode()
    assert not EmailAddress.objects.get(email="nora@uva.nl").verified
    client.post(link)

    assert EmailAddress.objects.get(email="nora@uva.nl").verified
    assert User.objects.get(email="nora@uva.nl").name == "Nora New"
    page = sign_in(client, "nora@uva.nl")
    assert is_signed_in(client)
    assert "Nora New" in page.content.decode()


def test_nobody_signs_in_with_an_unconfirmed_address(client):
    sign_up(client, "nora@uva.nl")

    page = sign_in(client, "nora@uva.nl")

    assert not is_signed_in(client)
    assert "Confirm your e-mail address" in page.content.decode()


def test_a_confirmation_link_that_is_wrong_says_what_to_do(client):
    page = client.get("/accounts/confirm-email/wrong/")

    assert "This link has expired or was used before." in page.content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(client, paula):
    wrong = sign_in(client, paula.email, "not the password")
    unknown = sign_in(client, "nobody@uva.nl", "not the password")

    sentence = "The email address and/or password you specified are not correct."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert not is_signed_in(client)


def test_signing_up_with_a_known_address_does_not_reveal_it(client, paula):
    known = sign_up(client, paula.email)
    unknown = sign_up(client, "nora@uva.nl")

    assert known.redirect_chain == unknown.redirect_chain
    assert User.objects.filter(email=paula.email).count() == 1
    (message,) = Message.objects.filter(to=paula.email)
    assert message.kind == "account.account_already_exists"


def test_a_reset_mail_leads_to_a_new_password(client, paula):
    ask_for_new_password(client, paula.email)

    form = client.get(link_in_mail(paula.email), follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    sign_in(client, paula.email)
    assert not is_signed_in(client)
    sign_in(client, paula.email, NEW_PASSWORD)
    assert is_signed_in(client)


def test_asking_for_a_new_password_does_not_reveal_who_has_an_account(client, paula):
    known = ask_for_new_password(client, paula.email)
    unknown = ask_for_new_password(client, "nobody@uva.nl")

    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content


def test_a_used_reset_link_offers_a_new_one(client, paula):
    page = client.get("/accounts/password/reset/key/1-wrong/")

    assert "Ask for a new link" in page.content.decode()


def test_a_new_password_signs_out(client, paula):
    client.force_login(paula)
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    client.post("/accounts/password/change/", fields)

    assert not is_signed_in(client)
    assert User.objects.get(pk=paula.pk).check_password(NEW_PASSWORD)


def test_signing_out_takes_a_post(client, paula):
    client.force_login(paula)

    client.get("/accounts/logout/")
    assert is_signed_in(client)

    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_after_signing_in_people_land_where_they_wanted_to_go(client, paula):
    fields = {"login": paula.email, "password": PASSWORD, "next": "/help/"}

    answer = client.post("/accounts/login/", fields)

    assert answer.headers["Location"] == "/help/"


def test_only_a_demonstration_points_to_the_outbox(client, settings):
    assert "/outbox/" in client.get("/accounts/confirm-email/").content.decode()

    settings.DEMO = False

    assert "/outbox/" not in client.get("/accounts/confirm-email/").content.decode()

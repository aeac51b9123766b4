"""Accounts made and changed by staff, and the mails of sign-in."""

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.roles import Ability, Role
from audit.models import Entry
from lib.errors import Refused
from outbox.models import Message


def test_an_account_made_by_hand_can_sign_in_and_is_on_record(client, oscar):
    user = create_account(
        email=" New@Carrel.test", name="N", password="long enough 1", role=Role.REVIEWER, by=oscar
    )

    assert client.login(email="new@carrel.test", password="long enough 1")
    assert user.emailaddress_set.get().verified
    entry = Entry.objects.get(event="account.created")
    assert (entry.actor_id, entry.details) == (oscar.pk, {"role": "REVIEWER"})


def test_an_address_has_one_account(paula):
    with pytest.raises(Refused, match=r"paula@uva\.nl has an account already"):
        create_account(email="PAULA@uva.nl", name="", password="x", role=Role.OPERATOR, by=None)


def test_giving_a_role_gives_its_abilities_and_is_on_record(paula, oscar):
    give_role(paula, Role.REVIEWER, by=oscar)

    assert User.objects.get(pk=paula.pk).has_ability(Ability.REVIEW)
    entry = Entry.objects.get(event="account.role_given")
    assert entry.details == {"from": "APPLICANT", "to": "REVIEWER"}


def test_create_operator_gives_the_role_to_somebody_who_has_an_account(paula):
    call_command("create_operator", "Paula@uva.nl")

    assert User.objects.get(pk=paula.pk).is_operator


def test_create_operator_asks_for_a_password_that_is_none_of_the_common_ones(db, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: "password")

    with pytest.raises(CommandError, match="too common"):
        call_command("create_operator", "new@carrel.test")

    assert not User.objects.exists()


def test_create_operator_refuses_what_is_no_address(db):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        call_command("create_operator", "operator")


@pytest.mark.django_db(transaction=True)
def test_if_the_mail_of_a_sign_up_cannot_be_written_there_is_no_account(client, monkeypatch):
    def fail(**ignored):
        raise RuntimeError("the outbox is broken")

    monkeypatch.setattr("accounts.adapter.post_message", fail)
    form = {
        "name": "N",
        "email": "n@uva.nl",
        "password1": "quite long 1",
        "password2": "quite long 1",
    }

    with pytest.raises(RuntimeError):
        client.post("/accounts/signup/", form)

    assert not User.objects.exists()
    assert not Message.objects.exists()

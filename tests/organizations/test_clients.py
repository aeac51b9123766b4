"""Clients and tokens: whose they are, and what ends them."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from audit.status import change_status
from lib.errors import NotAllowed, Refused
from lib.secrets import hash_secret
from organizations import actions, tasks
from organizations.models import Client, Token
from organizations.states import OrganizationStatus
from tests.factories.organizations import make_client, make_member, make_organization

ODD_TEXTS = ["", "\0", "é🙂", "\ud800", "x" * 10_000]


@pytest.fixture
def lab(paula):
    return make_organization(paula)


@pytest.fixture
def member(lab, carl):
    return make_member(lab, carl)


@pytest.fixture
def key_and_secret(member):
    client, secret = make_client(member)
    return client.client_key, secret


def test_a_secret_is_kept_as_a_hash_only(member):
    client, secret = make_client(member)

    assert client.secret_hash == hash_secret(secret)
    assert secret not in str(Client.objects.values())


def test_a_token_begins_as_on_the_wire_and_lives_two_hours(key_and_secret, move_clock):
    token, text = actions.issue_token(*key_and_secret)

    assert text.startswith("clt.")
    assert text not in str(Token.objects.values())
    move_clock(dt.timedelta(seconds=actions.TOKEN_SECONDS - 5))
    assert actions.authenticate_token(text) == token.client
    move_clock(dt.timedelta(seconds=actions.TOKEN_SECONDS))
    assert actions.authenticate_token(text) is None


def test_a_newer_token_leaves_the_older_ones_alive(key_and_secret):
    texts = [actions.issue_token(*key_and_secret)[1] for _number in range(3)]

    assert all(actions.authenticate_token(text) for text in texts)


def test_a_token_is_checked_in_one_select_with_all_that_it_needs(
    key_and_secret, django_assert_num_queries
):
    _token, text = actions.issue_token(*key_and_secret)

    with django_assert_num_queries(1):
        client = actions.authenticate_token(text)
        assert client.membership_id
        assert client.organization_id

    assert client.organization_id == client.membership.organization_id


@pytest.mark.parametrize("text", ["clt.nothing", *ODD_TEXTS])
def test_a_wrong_token_costs_one_select_and_no_write(db, django_assert_num_queries, text):
    with django_assert_num_queries(1):
        assert actions.authenticate_token(text) is None


def test_a_wrong_key_and_a_wrong_secret_are_told_apart_by_nobody(
    key_and_secret, django_assert_num_queries
):
    key, secret = key_and_secret
    sentences = set()

    for wrong in [("cr0000", secret), (key, "wrong"), (key, ""), ("", "")]:
        with django_assert_num_queries(1), pytest.raises(actions.InvalidClient) as refused:
            actions.issue_token(*wrong)
        sentences.add(refused.value.sentence)

    assert len(sentences) == 1
    assert not Token.objects.exists()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_keys_and_secrets_are_wrong_ones(key_and_secret, text):
    for wrong in [(text, key_and_secret[1]), (key_and_secret[0], text)]:
        with pytest.raises(actions.InvalidClient):
            actions.issue_token(*wrong)


def removed(member, paula, oscar, move_clock):
    actions.remove_membership(member, by=paula)


def left(member, paula, oscar, move_clock):
    actions.remove_membership(member, by=member.user)


def revoked(member, paula, oscar, move_clock):
    actions.revoke_client(member.clients.get(), by=paula)


def suspended(member, paula, oscar, move_clock):
    change_status(member.organization, OrganizationStatus.SUSPENDED, by=oscar)


def past_the_end(member, paula, oscar, move_clock):
    member.organization.ends_at = member.organization.starts_at + dt.timedelta(hours=1)
    member.organization.save()
    move_clock(dt.timedelta(hours=1))


def account_closed(member, paula, oscar, move_clock):
    member.user.is_active = False
    member.user.save()


@pytest.mark.parametrize("end", [removed, left, revoked, suspended, past_the_end, account_closed])
def test_whatever_ends_access_is_felt_at_the_next_request(
    end, key_and_secret, member, paula, oscar, move_clock
):
    """Faults 33: a token issued before does not outlive the access by one request."""
    _token, text = actions.issue_token(*key_and_secret)
    assert actions.authenticate_token(text)

    end(member, paula, oscar, move_clock)

    assert actions.authenticate_token(text) is None
    with pytest.raises(actions.InvalidClient):
        actions.issue_token(*key_and_secret)


def test_a_leaver_keeps_the_clients_of_another_lab(member, carl, olga, paula):
    elsewhere = make_member(make_organization(olga), carl)
    client, secret = make_client(elsewhere)

    actions.remove_membership(member, by=paula)

    assert actions.issue_token(client.client_key, secret)


def test_the_last_use_is_written_at_most_once_a_minute(key_and_secret, move_clock):
    client = Client.objects.get(client_key=key_and_secret[0])
    uses = []

    for seconds in (0, 30, 61):
        move_clock(dt.timedelta(seconds=seconds))
        actions.note_client_use(client)
        client.refresh_from_db()
        uses.append(client.last_used_at)

    assert uses[0] == uses[1] < uses[2]


def test_a_use_that_was_just_noted_costs_nothing(key_and_secret, django_assert_num_queries):
    _token, text = actions.issue_token(*key_and_secret)
    client = actions.authenticate_token(text)

    with django_assert_num_queries(0):
        actions.note_client_use(client)


def test_expired_tokens_are_forgotten_and_living_ones_kept(key_and_secret, move_clock):
    actions.issue_token(*key_and_secret)
    move_clock(dt.timedelta(seconds=actions.TOKEN_SECONDS + 1))
    _token, text = actions.issue_token(*key_and_secret)

    tasks.forget_tokens(later_argument="ignored")

    assert Token.objects.count() == 1
    assert actions.authenticate_token(text)


def test_nobody_makes_a_client_for_somebody_else(member, paula, oscar):
    for other in (paula, oscar):
        with pytest.raises(NotAllowed):
            actions.issue_client(member, by=other)


def test_a_client_is_revoked_once(member, carl):
    client, _secret = make_client(member)
    actions.revoke_client(client, by=carl)

    with pytest.raises(Refused, match="revoked before"):
        actions.revoke_client(client, by=carl)


@pytest.mark.parametrize("person", ["olga", "rita"])
def test_whoever_has_no_part_in_a_client_does_not_revoke_it(request, member, person):
    client, _secret = make_client(member)

    with pytest.raises(NotAllowed):
        actions.revoke_client(client, by=request.getfixturevalue(person))


def issue_by_command(*arguments):
    out = io.StringIO()
    call_command("issue_client", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_a_client_that_works(lab, member):
    printed = issue_by_command("--organization", str(lab.pk), "--member", "Carl@uva.nl", "--json")

    client = json.loads(printed)
    assert set(client) == {"client_key", "client_secret"}
    assert actions.issue_token(client["client_key"], client["client_secret"])
    assert Entry.objects.filter(event="client.issued", actor_id=None).count() == 1


def test_the_command_prints_the_same_for_people_to_read(lab, member):
    printed = issue_by_command("--organization", str(lab.pk), "--member", "carl@uva.nl")

    assert "client key:" in printed
    assert "client secret:" in printed


@pytest.mark.parametrize("email", ["olga@ethz.ch", "nobody@uva.nl", ""])
def test_the_command_refuses_who_is_no_member(lab, olga, email):
    with pytest.raises(CommandError, match="no active member"):
        issue_by_command("--organization", str(lab.pk), "--member", email)


def test_the_command_refuses_a_lab_that_rests(lab, member, oscar):
    change_status(lab, OrganizationStatus.SUSPENDED, by=oscar)

    with pytest.raises(CommandError, match="is suspended"):
        issue_by_command("--organization", str(lab.pk), "--member", "carl@uva.nl")

"""The pages of a lab, and who finds them."""

import re

import pytest
from django.urls import reverse

from organizations import actions
from organizations.models import Client, QueryRule
from organizations.states import MembershipStatus
from outbox.models import Message
from tests.factories.organizations import (
    make_client,
    make_invited,
    make_member,
    make_organization,
    make_proposed,
)

ODD_TEXTS = ["", " ", "\0", "a\0b@uva.nl", "not an address", "x" * 5_000, "‮gnp", "a@b", "🙂@uva.nl"]


@pytest.fixture
def lab(paula):
    return make_organization(paula, name="Feeds and Votes")


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


def link_in(message):
    return re.search(r"https?://[^/]+(/\S+)", message.body).group(1)


def pages_of(lab):
    return [
        reverse("lab", args=[lab.pk]),
        reverse("organizations:members", args=[lab.pk]),
        reverse("organizations:clients", args=[lab.pk]),
    ]


def test_members_read_the_pages_of_their_lab(as_paula, lab):
    for page in pages_of(lab):
        response = as_paula.get(page)
        assert response.status_code == 200
        assert "Feeds and Votes" in response.text


def test_the_pages_are_not_there_for_an_outsider(client, olga, lab):
    client.force_login(olga)

    assert [client.get(page).status_code for page in pages_of(lab)] == [404] * 3


def test_the_pages_are_not_there_for_somebody_invited_but_not_in_yet(client, carl, lab):
    make_invited(lab, carl)
    client.force_login(carl)

    assert [client.get(page).status_code for page in pages_of(lab)] == [404] * 3


def test_whoever_is_not_signed_in_is_asked_to(client, lab):
    for page in pages_of(lab):
        assert client.get(page).url.startswith("/accounts/login/")


def test_the_principal_proposes_from_the_page(as_paula, lab, carl):
    words = {"name": "Carl Claes", "email": "carl@uva.nl", "expertise": "Politics"}

    response = as_paula.post(reverse("organizations:propose", args=[lab.pk]), words, follow=True)

    assert "is now before the reviewers" in response.text
    assert lab.memberships.get(user=carl).status == MembershipStatus.UNDER_REVIEW


def test_a_refused_proposal_shows_the_sentence_and_keeps_what_was_typed(as_paula, lab):
    words = {"name": "Paula Again", "email": "paula@uva.nl", "expertise": "Politics"}

    response = as_paula.post(reverse("organizations:propose", args=[lab.pk]), words)

    assert "principal researcher&#x27;s own address" in response.text
    assert "Paula Again" in response.text


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_words_in_a_proposal_are_refused_on_the_page(as_paula, lab, text):
    words = {"name": text, "email": text, "expertise": text}

    response = as_paula.post(reverse("organizations:propose", args=[lab.pk]), words)

    assert response.status_code == 200
    assert lab.memberships.count() == 1


def test_a_collaborator_has_no_form_to_propose_and_is_refused_without_it(client, lab, carl):
    make_member(lab, carl)
    client.force_login(carl)
    words = {"name": "Dana", "email": "dana@uva.nl", "expertise": "Politics"}

    page = client.get(reverse("organizations:members", args=[lab.pk]))
    answer = client.post(reverse("organizations:propose", args=[lab.pk]), words)

    assert "Propose a collaborator" not in page.text
    assert answer.status_code == 403


def test_removing_asks_first_and_then_frees_the_seat(as_paula, lab, carl):
    membership = make_member(lab, carl)
    page = reverse("organizations:remove", args=[lab.pk, membership.pk])

    question = as_paula.get(page)
    assert "Remove Carl Claes?" in question.text
    assert lab.has_member(carl)

    as_paula.post(page)
    assert not lab.has_member(carl)


def test_a_member_who_leaves_lands_on_the_home_page(client, lab, carl):
    membership = make_member(lab, carl)
    client.force_login(carl)

    response = client.post(reverse("organizations:remove", args=[lab.pk, membership.pk]))

    assert response.url == reverse("home")
    assert client.get(reverse("lab", args=[lab.pk])).status_code == 404


def test_a_second_invitation_within_the_hour_is_refused_in_a_sentence(as_paula, lab, carl):
    membership = make_invited(lab, carl)

    response = as_paula.post(
        reverse("organizations:resend", args=[lab.pk, membership.pk]), follow=True
    )

    assert "within the last hour" in response.text


def test_the_link_of_the_letter_leads_the_invited_person_in(client, lab, carl):
    make_invited(lab, carl)
    link = link_in(Message.objects.get(to="carl@uva.nl", kind="membership.invited"))
    client.force_login(carl)

    page = client.get(link, follow=True)
    assert "Accept the terms and join" in page.text
    answer = client.post(page.request["PATH_INFO"], {"answer": "accept"}, follow=True)

    assert answer.request["PATH_INFO"] == reverse("lab", args=[lab.pk])
    assert lab.has_member(carl)


def test_the_invitation_can_be_declined_on_its_page(client, lab, carl):
    membership = make_invited(lab, carl)
    client.force_login(carl)
    page = reverse("organizations:invitation", args=[lab.pk, membership.pk])

    client.post(page, {"answer": "decline"})

    membership.refresh_from_db()
    assert membership.status == MembershipStatus.DECLINED
    assert client.get(page).status_code == 404


def test_every_link_that_cannot_be_used_gets_the_same_bytes(client, lab, carl, olga):
    """Faults 30: a forwarded, a wrong and an odd link tell nothing apart."""
    make_invited(lab, carl)
    link = link_in(Message.objects.get(to="carl@uva.nl", kind="membership.invited"))
    wrong = link.rstrip("/")[:-1] + "%F0%9F%99%82%00/"
    client.force_login(olga)

    answers = [client.get(address) for address in (link, wrong)]

    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = {re.sub(r'value="[^"]{64}"|"x-csrftoken": "[^"]+"', "", one.text) for one in answers}
    assert len(bodies) == 1
    assert "Feeds and Votes" not in answers[0].text


def test_the_page_of_an_invitation_belongs_to_the_invited_person(client, lab, carl, olga, rita):
    membership = make_invited(lab, carl)
    page = reverse("organizations:invitation", args=[lab.pk, membership.pk])

    for other in (olga, rita, lab.principal.user):
        client.force_login(other)
        assert client.get(page).status_code == 404
        assert client.post(page, {"answer": "accept"}).status_code == 404


def form_code(page):
    return re.search(r'name="form_code" value="([^"]+)"', page.text).group(1)


def test_a_form_sent_again_makes_no_second_client(as_paula, lab):
    page = reverse("organizations:clients", args=[lab.pk])
    words = {"name": "laptop", "form_code": form_code(as_paula.get(page))}
    made = as_paula.post(page, words)

    again = as_paula.post(page, words, follow=True)

    assert again.redirect_chain == [(page, 302)]
    assert "was made already" in again.text
    assert made.context["secret"] not in again.text
    assert Client.objects.count() == 1
    as_paula.post(page, {"name": "desk", "form_code": form_code(made)})
    assert Client.objects.count() == 2


def test_a_form_that_was_refused_can_be_sent_again(as_paula, lab):
    page = reverse("organizations:clients", args=[lab.pk])
    refused = as_paula.post(page, {"name": "x" * 61, "form_code": form_code(as_paula.get(page))})

    as_paula.post(page, {"name": "laptop", "form_code": form_code(refused)})

    assert Client.objects.count() == 1


def test_the_secret_of_a_client_is_shown_once_and_never_kept(as_paula, lab):
    page = reverse("organizations:clients", args=[lab.pk])

    answer = as_paula.post(page, {"name": "laptop"})

    secret = answer.context["secret"]
    assert secret in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert secret not in as_paula.get(page).text
    assert actions.issue_token(Client.objects.get().client_key, secret)


@pytest.mark.parametrize("name", ["\0", "x" * 61])
def test_odd_names_of_clients_are_refused_on_the_page(as_paula, lab, name):
    answer = as_paula.post(reverse("organizations:clients", args=[lab.pk]), {"name": name})

    assert answer.status_code == 200
    assert not Client.objects.exists()


def test_the_principal_sees_and_revokes_every_members_clients(as_paula, lab, carl):
    client_of_carl, _secret = make_client(make_member(lab, carl))

    page = as_paula.get(reverse("organizations:clients", args=[lab.pk]))
    as_paula.post(reverse("organizations:revoke_client", args=[lab.pk, client_of_carl.pk]))

    assert client_of_carl.client_key in page.text
    client_of_carl.refresh_from_db()
    assert client_of_carl.revoked_at is not None


def test_a_collaborator_does_not_find_the_clients_of_others(client, lab, carl):
    client_of_paula, _secret = make_client(lab.principal)
    make_member(lab, carl)
    client.force_login(carl)

    page = client.get(reverse("organizations:clients", args=[lab.pk]))
    answer = client.post(reverse("organizations:revoke_client", args=[lab.pk, client_of_paula.pk]))

    assert client_of_paula.client_key not in page.text
    assert answer.status_code == 404


def test_rows_of_another_lab_are_not_found_under_this_one(as_paula, lab, olga, carl):
    elsewhere = make_organization(olga)
    membership = make_invited(elsewhere, carl)
    foreign_client, _secret = make_client(elsewhere.principal)

    for name, row in [
        ("organizations:remove", membership),
        ("organizations:resend", membership),
        ("organizations:revoke_client", foreign_client),
    ]:
        for under in (lab, elsewhere):
            assert as_paula.post(reverse(name, args=[under.pk, row.pk])).status_code == 404


def test_the_principal_sets_who_lets_a_query_run(as_paula, lab):
    page = reverse("organizations:query_rule", args=[lab.pk])

    saved = as_paula.post(page, {"query_rule": QueryRule.PRINCIPAL_APPROVES}, follow=True)
    odd = as_paula.post(page, {"query_rule": "whatever"}, follow=True)

    lab.refresh_from_db()
    assert lab.query_rule == QueryRule.PRINCIPAL_APPROVES
    assert "I approve each query" in saved.text
    assert "Choose one of the rules" in odd.text


def test_readers_read_the_rule_in_the_third_person_and_its_owner_sets_it_in_the_first(
    client, lab, paula, carl
):
    actions.set_query_rule(lab, QueryRule.PRINCIPAL_APPROVES, by=paula)
    make_member(lab, carl)
    pages = {}

    for reader in (paula, carl):
        client.force_login(reader)
        pages[reader] = client.get(reverse("lab", args=[lab.pk])).text

    sentence = "The principal researcher approves each query before it runs"
    assert all(sentence in text for text in pages.values())
    assert "I approve each query" in pages[paula]
    assert "I approve each query" not in pages[carl]


def test_a_collaborator_may_not_set_the_rule(client, lab, carl):
    make_member(lab, carl)
    client.force_login(carl)

    answer = client.post(
        reverse("organizations:query_rule", args=[lab.pk]),
        {"query_rule": QueryRule.PRINCIPAL_APPROVES},
    )

    assert answer.status_code == 403


def test_words_of_people_are_shown_as_text_only(as_paula, lab, carl):
    carl.name = "<script>alert(1)</script>"
    make_proposed(lab, carl)

    page = as_paula.get(reverse("organizations:members", args=[lab.pk]))

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_the_first_page_costs_a_fixed_number_of_selects(
    as_paula, lab, carl, olga, django_assert_max_num_queries
):
    for person in (carl, olga):
        make_member(lab, person)

    with django_assert_max_num_queries(20):
        as_paula.get(reverse("lab", args=[lab.pk]))

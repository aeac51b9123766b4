"""Leaving an address on the self-check page, confirming it, taking it back."""

import pytest
from django.core.cache import cache

from outbox.models import Message
from programmes.models import Interest, Programme

URL = "/eligibility/tell-me/"
WISH = {"programme": "research", "kind": "REGION", "country": "CA", "email": "wim@utoronto.ca"}


@pytest.fixture(autouse=True)
def _nobody_asked_lately(db):
    cache.clear()


def link(name):
    body = Message.objects.latest("id").body
    address = next(line for line in body.splitlines() if line.endswith(f"/{name}/"))
    return "/eligibility/" + address.split("/eligibility/")[1]


def test_the_verdict_offers_to_be_told(client):
    page = client.get(
        "/eligibility/",
        {
            "country": "CA",
            "workplace": "academic",
            "expertise": "yes",
            "independence": "yes",
            "proposal": "yes",
            "non_commercial": "yes",
        },
    )

    assert b'action="/eligibility/tell-me/"' in page.content
    assert b'name="country" value="CA"' in page.content


def test_the_whole_way_by_the_links_of_the_letter(client):
    answer = client.post(URL, WISH | {"answers": "country=CA&workplace=academic"})
    assert answer.url == "/eligibility/?country=CA&workplace=academic"
    assert b"Look into your mail" in client.get("/eligibility/").content

    assert b"Canada" in client.get(link("confirm")).content
    assert not Interest.objects.waiting().exists()
    client.post(link("confirm"))
    assert Interest.objects.waiting().exists()

    client.get(link("stop"))
    assert Interest.objects.waiting().exists()
    client.post(link("stop"))
    assert not Interest.objects.exists()
    assert client.get(link("confirm")).status_code == 404


def test_a_known_and_an_unknown_address_get_the_same_answer(client):
    first = client.post(URL, WISH)
    again = client.post(URL, WISH)
    more = [client.post(URL, WISH) for _time in range(4)]

    assert {each.status_code for each in (first, again, *more)} == {302}
    assert {each.url for each in (first, again, *more)} == {"/eligibility/"}
    assert Message.objects.count() == 3


@pytest.mark.parametrize("email", ["", "wim", "a@b@c.ca", "<script>alert(1)</script>", "\x00@b.ca"])
def test_a_bad_address_is_asked_for_again_with_what_was_typed(client, email):
    page = client.post(URL, WISH | {"email": email})

    assert page.status_code == 200
    assert b"Please look at these points" in page.content
    assert b"<script>alert" not in page.content
    assert not Interest.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"programme": "none"}, 404),
        ({"programme": "\x00"}, 404),
        ({"kind": "MARS"}, 409),
        ({"country": "ZZ"}, 409),
    ],
)
def test_a_form_that_was_tampered_with_is_refused(client, changes, status):
    assert client.post(URL, WISH | changes).status_code == status
    assert not Interest.objects.exists()


def test_a_programme_that_is_not_shown_takes_no_addresses(client):
    Programme.objects.update(is_public=False)

    assert client.post(URL, WISH).status_code == 404


@pytest.mark.parametrize("answers", ["//evil.example", "https://evil.example/", "\r\nX: y"])
def test_the_way_back_never_leads_elsewhere(client, answers):
    answer = client.post(URL, WISH | {"answers": answers})

    assert answer.url.startswith("/eligibility/")
    assert "\n" not in answer.url


def test_one_visitor_does_not_fill_the_list_with_other_peoples_addresses(client):
    answers = [
        client.post(URL, WISH | {"email": f"person{number}@utoronto.ca"}) for number in range(25)
    ]

    assert [each.status_code for each in answers] == [302] * 20 + [409] * 5
    assert b"come back later" in answers[-1].content
    assert Message.objects.count() == 20

import pytest


@pytest.mark.django_db
def test_an_action_address_opened_by_hand_says_that_it_is_no_page(client, paula):
    client.force_login(paula)

    answer = client.get("/apply/01a20000-0000-7000-8000-000000000000/submit/")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert b"This address is no page" in answer.content


def test_the_wire_api_keeps_its_own_answer(client, db):
    answer = client.get("/v2/oauth/token/")

    assert answer.status_code == 405
    assert answer["Content-Type"].startswith("application/json")

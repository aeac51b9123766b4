"""Pages of videos over HTTP: what is in them, in which order, and what they cost."""

import json
import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.actions import import_table
from corpus.codebook import VIDEOS
from organizations.models import Client
from quotas import checks, usage
from quotas.models import Charge, ChargeState
from tests.research_api.conftest import CAT_COUNT, CATS, DOG_COUNT, DOGS, video

pytestmark = pytest.mark.django_db


def ids(page):
    return [found["id"] for found in page.data["videos"]]


def used(lab):
    day = usage.today(lab)
    assert checks.ledger_matches(lab) == []
    assert day.requests_reserved == day.records_reserved == 0
    return day.requests_used, day.records_used


def test_a_page_has_all_keys_of_the_wire(script):
    page = script.ask(CATS)

    assert page.status == 200
    assert list(page.data) == ["videos", "cursor", "has_more", "search_id"]
    assert page.data["cursor"] == 20
    assert page.data["has_more"] is True
    assert page.data["search_id"].isdigit()
    assert int(page.data["search_id"]) < 2**63
    assert page.error == {"code": "ok", "message": "", "log_id": page.error["log_id"]}


def test_videos_come_by_decreasing_id_as_bare_integers(script):
    page = script.ask(CATS | {"max_count": 100})

    assert ids(page) == [video(number)["id"] for number in range(CAT_COUNT - 1, 149, -1)]
    assert b'{"id":7300000000000000249}' in page.bytes


def test_ids_of_twenty_digits_come_as_bare_integers_on_every_page(script, settings, tmp_path):
    settings.CARREL_HOME = tmp_path
    first = 73207681964501650000
    cats = [video(number % CAT_COUNT) | {"id": first + number} for number in range(1_150)]
    path = tmp_path / "cats.json"
    path.write_text(json.dumps(cats))
    import_table("videos", path, corpus="main")

    pages = [script.ask(CATS | {"max_count": 100})]
    known = {"search_id": pages[0].data["search_id"]}
    pages += [
        script.ask(CATS | {"max_count": 100, "cursor": cursor} | known)
        for cursor in (900, 1_000, 1_100)
    ]

    assert b'{"id":73207681964501651149}' in pages[0].bytes
    assert [ids(page)[0] - first for page in pages] == [1_149, 249, 149, 49]
    assert [len(ids(page)) for page in pages] == [100, 100, 100, 50]


def test_a_video_has_the_fields_asked_for_and_leaves_out_what_is_absent(script):
    page = script.ask(CATS | {"max_count": 1}, fields=",".join(VIDEOS.returned_names))

    assert page.data["videos"] == [video(CAT_COUNT - 1)]


def test_the_older_spelling_of_favorites_is_answered_as_asked(script):
    page = script.ask(CATS | {"max_count": 1}, fields="id,%20favourites_count")

    assert page.data["videos"][0]["favourites_count"] == CAT_COUNT - 1


def test_nothing_found_still_has_every_key_and_costs_its_request(script, lab):
    nothing = CATS | {"start_date": "20230101", "end_date": "20230131"}

    page = script.ask(nothing)

    assert page.data["videos"] == []
    assert page.data["has_more"] is False
    assert page.data["cursor"] == 20
    assert used(lab) == (1, 0)


@pytest.mark.parametrize("count", [100, 37, 1.0, "99"])
def test_walking_all_pages_gives_every_video_once(script, lab, count):
    asked, total = (DOGS, DOG_COUNT) if count == 1.0 else (CATS, CAT_COUNT)

    pages = script.walk(asked | {"max_count": count})

    found = [one for page in pages for one in ids(page)]
    assert len(found) == len(set(found)) == total
    assert found == sorted(found, reverse=True)
    assert len({page.data["search_id"] for page in pages}) == 1
    assert [page.data["cursor"] for page in pages] == [
        int(count) * (number + 1) for number in range(len(pages))
    ]
    assert used(lab) == (len(pages), total)


def test_a_cursor_without_search_id_continues_the_newest_search(script):
    first = script.ask(CATS | {"max_count": 100})

    second = script.ask(CATS | {"max_count": 100, "cursor": 100})

    assert second.data["search_id"] == first.data["search_id"]
    assert ids(second)[0] == ids(first)[-1] - 1


def test_a_cursor_without_any_search_opens_one(script):
    page = script.ask(CATS | {"max_count": 100, "cursor": 200})

    assert len(ids(page)) == 50
    assert page.data["has_more"] is False


def test_without_cursor_each_request_is_a_new_one(script, lab):
    first, second = script.ask(CATS), script.ask(CATS)

    assert first.data["search_id"] != second.data["search_id"]
    assert first.error["log_id"] != second.error["log_id"]
    assert used(lab) == (2, 40)


def test_the_very_end_is_an_empty_page_that_costs_its_request(script, lab):
    search_id = script.ask(DOGS).data["search_id"]

    page = script.ask(DOGS | {"cursor": DOG_COUNT, "search_id": search_id})

    assert (page.status, ids(page), page.data["has_more"]) == (200, [], False)
    assert used(lab) == (2, 20)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_cursor_beyond_the_end_is_refused_and_costs_nothing(script, lab, is_known):
    position = {"search_id": script.ask(DOGS).data["search_id"]} if is_known else {}
    before = used(lab)

    page = script.ask(DOGS | {"cursor": DOG_COUNT + 1} | position)

    assert (page.status, page.error["code"]) == (400, "invalid_params")
    assert page.error["message"] == "Invalid count or cursor"
    assert page.data == {}
    assert used(lab) == before


def test_random_videos_are_a_sample_that_its_search_id_repeats(script):
    body = CATS | {"is_random": True, "max_count": 50}
    first = script.ask(body)

    again = script.ask(body | {"search_id": first.data["search_id"]})
    other = script.ask(body)

    assert len(set(ids(first))) == 50
    assert first.data["has_more"] is False
    assert ids(first) != sorted(ids(first), reverse=True)
    assert ids(again) == ids(first)
    assert ids(other) != ids(first)


def test_a_cursor_alone_continues_the_newest_random_search_if_random_videos_are_asked_for(script):
    body = CATS | {"is_random": True, "max_count": 50}
    first = script.ask(body)
    script.ask(CATS)

    rest = script.ask(body | {"cursor": 10})

    assert rest.data["search_id"] == first.data["search_id"]
    assert ids(rest) == ids(first)[10:]


def test_the_use_of_a_client_is_noted_by_one_statement(script):
    Client.objects.update(last_used_at=None)

    with CaptureQueriesContext(connection) as captured:
        script.ask(CATS)

    noted = [one for one in captured if one["sql"].startswith('UPDATE "organizations_client"')]
    assert len(noted) == 1


def test_the_log_id_is_the_key_of_the_charge(script):
    page = script.ask(CATS)

    charge = Charge.objects.get(key=page.error["log_id"])
    assert charge.client == script.client
    assert charge.membership == script.client.membership
    assert (charge.endpoint, charge.records) == ("video/query", 20)


def test_a_failure_after_the_reservation_gives_it_back(
    script, lab, corpus, settings, tmp_path, caplog
):
    settings.CARREL_HOME = tmp_path
    shutil.copytree(corpus / "corpus", tmp_path / "corpus")
    for file in (tmp_path / "corpus").rglob("*.parquet"):
        file.write_bytes(b"no Parquet")

    page = script.ask(CATS)

    assert (page.status, page.error["code"]) == (500, "internal_error")
    assert page.error["message"] == "Something went wrong. Please try again later."
    assert used(lab) == (0, 0)
    assert Charge.objects.get(key=page.error["log_id"]).state == ChargeState.RELEASED
    assert page.error["log_id"] in caplog.text

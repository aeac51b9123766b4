"""A lab with a client, a corpus of 250 cats and 30 dogs, and a script that asks."""

import json
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import override_settings

from corpus.actions import import_table
from corpus.models import Generation
from organizations.actions import issue_token
from tests.factories.organizations import make_client, make_organization

QUERY_URL = "/v2/research/video/query/"
CAT_COUNT, DOG_COUNT = 250, 30
JANUARY = {"start_date": "20240101", "end_date": "20240131"}


def condition(field_name, operation, *values):
    return {"operation": operation, "field_name": field_name, "field_values": list(values)}


CATS = {"query": {"and": [condition("keyword", "EQ", "cat")]}} | JANUARY
DOGS = {"query": {"and": [condition("keyword", "EQ", "dog")]}} | JANUARY


def video(number):
    animal = "cat" if number < CAT_COUNT else "dog"
    return {
        "id": 7_300_000_000_000_000_000 + number,
        "create_time": 1_704_067_200 + number * 600,
        "username": f"{animal}.{number % 7}",
        "region_code": "US",
        "video_description": f"a {animal}, number {number}",
        "like_count": 0,
        "music_id": 7_200_000_000_000_000_001,
        "hashtag_names": [animal],
        "favorites_count": number,
    }


@pytest.fixture(scope="session")
def imported(tmp_path_factory, django_db_setup, django_db_blocker):
    """280 videos of January 2024, imported once as an operator does it: the files and their row."""
    home = tmp_path_factory.mktemp("home")
    path = home / "videos.jsonl"
    path.write_text("\n".join(json.dumps(video(n)) for n in range(CAT_COUNT + DOG_COUNT)))
    with django_db_blocker.unblock(), override_settings(CARREL_HOME=home), transaction.atomic():
        import_table("videos", path, corpus="main")
        row = Generation.objects.current("main")
        transaction.set_rollback(True)
    return home, row


@pytest.fixture
def corpus(db, settings, imported):
    home, row = imported
    settings.CARREL_HOME = home
    row.save(force_insert=True)
    return home


@pytest.fixture
def lab(paula, corpus):
    return make_organization(paula)


class Script:
    """What a researcher's script does: fetch a token, ask, page on."""

    def __init__(self, client, membership):
        self.http = client
        self.client, self.secret = make_client(membership)
        self.token = self.new_token()

    def new_token(self):
        return issue_token(self.client.client_key, self.secret)[1]

    def ask(self, body, *, fields="id", headers=None, content_type="application/json"):
        text = body if isinstance(body, (str, bytes)) else json.dumps(body)
        answer = self.http.post(
            f"{QUERY_URL}?fields={fields}",
            text,
            content_type=content_type,
            headers={"Authorization": f"Bearer {self.token}"} | (headers or {}),
        )
        return SimpleNamespace(
            status=answer.status_code, headers=answer.headers, bytes=answer.content, **answer.json()
        )

    def walk(self, body, **options):
        """Every page of a search, as a client fetches them."""
        pages, position = [], {}
        while not pages or pages[-1].data["has_more"]:
            pages.append(self.ask(body | position, **options))
            assert pages[-1].status == 200, pages[-1]
            position = {name: pages[-1].data[name] for name in ("cursor", "search_id")}
        return pages


@pytest.fixture
def script(client, lab):
    return Script(client, lab.principal)

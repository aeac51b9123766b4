"""A corpus that is made once, and a lab of Paula's that asks it."""

import json

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.test import override_settings

from corpus import actions as corpus_actions
from corpus.models import Generation
from portal import storages as portal_storages
from tests.factories.organizations import make_member, make_organization
from tests.factories.queries import make_videos


def _write_videos(path):
    with path.open("w") as file:
        for video in make_videos():
            file.write(json.dumps(video) + "\n")


@pytest.fixture(scope="session")
def corpus_made_once(tmp_path_factory, django_db_setup, django_db_blocker):
    """The files of a corpus, and the row that each test publishes them with."""
    home = tmp_path_factory.mktemp("home")
    rows = home / "videos.jsonl"
    _write_videos(rows)
    with (
        django_db_blocker.unblock(),
        override_settings(CARREL_HOME=home),
        transaction.atomic(),
    ):
        corpus_actions.import_table("videos", rows, corpus="main")
        generation = Generation.objects.get()
        values = {name: getattr(generation, name) for name in model_to_dict(generation)}
        values["published_at"] = generation.published_at
        transaction.set_rollback(True)
    return home, values


@pytest.fixture(autouse=True)
def corpus(request, settings, corpus_made_once, tmp_path):
    """The corpus `main`, published; files of results go to a folder of the test's own."""
    home, values = corpus_made_once
    settings.CARREL_HOME = home
    default = portal_storages.storage(f"file://{tmp_path / 'files'}")
    settings.STORAGES = {**settings.STORAGES, "default": default}
    is_transactional = "transactional_db" in request.fixturenames
    request.getfixturevalue("transactional_db" if is_transactional else "db")
    return Generation.objects.create(**values)


@pytest.fixture
def lab(paula):
    return make_organization(paula, name="Bread lab")


@pytest.fixture
def carls_seat(lab, carl):
    return make_member(lab, carl)

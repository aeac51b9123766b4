"""A corpus of each test's own, in a folder that is gone afterwards."""

import json
from pathlib import Path

import pytest

from corpus import actions, engines
from corpus.language import parse

SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """An empty CARREL_HOME."""
    settings.CARREL_HOME = tmp_path / "home"
    return settings.CARREL_HOME


@pytest.fixture
def shared_data():
    """Real files that are not part of the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the folder of real data is missing: {SHARED_DATA}")
    return SHARED_DATA


@pytest.fixture
def write_file(tmp_path):
    """Put text, bytes or records (as JSON Lines) into a file."""

    def write(content, name="rows.jsonl"):
        path = tmp_path / name
        if isinstance(content, list):
            content = "".join(json.dumps(record) + "\n" for record in content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def import_rows(db, write_file):
    """Import records, or the text of a file, into the corpus `main`."""

    def import_(content, table="videos", name="rows.jsonl", **options):
        path = content if isinstance(content, Path) else write_file(content, name)
        return actions.import_table(table, path, corpus="main", **options)

    return import_


@pytest.fixture
def find():
    """Every record that conditions find, through the same blocks as everybody reads."""

    def find_(*conditions, corpus="main", start_date="20000101", end_date="20991231", **lists):
        query = parse(
            {"and": list(conditions), **lists},
            start_date=start_date,
            end_date=end_date,
            longest_days=None,
        )
        engine = engines.current(corpus)
        frozen = engine.freeze(query)
        assert frozen.total == engine.count(query)
        blocks = [engine.block(query, frozen, i) for i in range(len(frozen.boundaries))]
        return [record for block in blocks for record in block]

    return find_


@pytest.fixture
def find_all(find):
    """Every video of a corpus."""

    def everything(**options):
        nothing = {"field_name": "video_id", "operation": "EQ", "field_values": ["0"]}
        return find(**options, **{"not": [nothing]})

    return everything


@pytest.fixture
def video():
    """A good record; each call may change or leave out (None) some of it."""

    def make(number=1, **changes):
        record = {
            "id": 7_300_000_000_000_000_000 + number,
            "create_time": 1_704_499_196 + number,
            "username": "ada",
            "region_code": "US",
            "video_description": "a cat",
            "view_count": 5,
        } | changes
        return {name: value for name, value in record.items() if value is not None}

    return make

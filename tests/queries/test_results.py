"""The files of a complete run: exact where programs read, harmless where spreadsheets do."""

import contextlib
import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError

from audit.status import change_status
from corpus import engines
from lib.errors import NotAllowed
from organizations.states import OrganizationStatus
from queries import actions
from queries.definitions import parsed
from queries.models import Result
from queries.runs import result as result_module
from queries.runs.files import csv_cell
from queries.runs.lease import RunEnded
from queries.states import RunStatus
from tests.factories.queries import (
    AWKWARD,
    CHEESE_COUNT,
    FIELDS,
    fetch_pages,
    make_run,
    take_turns,
)


@pytest.fixture
def run(lab, paula):
    fields = [*FIELDS, "hashtag_names", "is_stem_verified", "voice_to_text"]
    return take_turns(make_run(lab, paula, keyword=["cheese", "bread"], fields=fields))


def read(path):
    with default_storage.open(path) as file:
        return file.read()


def csv_rows(run):
    return list(csv.DictReader(io.StringIO(read(run.result.csv_path).decode(), newline="")))


def json_records(run):
    return [json.loads(line) for line in read(run.result.json_lines_path).splitlines()]


def test_json_lines_are_what_the_engine_finds(run):
    engine = engines.current("main")
    query = parsed(run.query)
    frozen = engine.freeze(query)
    found = [
        record
        for index in range(len(frozen.boundaries))
        for record in engine.block(query, frozen, index)
    ]

    expected = [
        {name: record[name] for name in run.query.fields if name in record} for record in found
    ]
    assert json_records(run) == expected


def test_json_lines_keep_every_text_as_it_is(run):
    captions = {record["video_description"] for record in json_records(run)}

    assert set(AWKWARD) <= captions


def test_json_lines_are_the_pages_one_after_the_other(run):
    content = read(run.result.json_lines_path)

    for page in run.pages.all():
        lines = content.splitlines(keepends=True)[page.cursor : page.cursor + page.record_count]
        assert hashlib.sha256(b"".join(lines)).hexdigest() == page.records_hash


def test_pages_give_up_their_records_once_the_result_is_safe(run):
    assert {bytes(page.records) for page in run.pages.all()} == {b""}


def test_the_csv_has_a_row_for_each_record_in_the_order_of_the_fields_asked_for(run):
    rows = csv_rows(run)

    assert list(rows[0]) == run.query.fields
    assert [row["id"] for row in rows] == [str(record["id"]) for record in json_records(run)]


def test_no_cell_of_the_csv_begins_like_a_formula(run):
    cells = [cell for row in csv_rows(run) for cell in row.values()]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\u202e=1+1", "'=1+1"),
        ("a\x00b\x07", "a\ufffdb\ufffd"),
        ("a\u202eb\u2066c", "abc"),
        ("line\nbreak", "line\nbreak"),
        ("جبن 芝士 🧀", "جبن 芝士 🧀"),
        (7_300_000_000_000_000_001, "7300000000000000001"),
        (-3, "-3"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (["a", "b"], '["a","b"]'),
        ({"type": 1}, '{"type":1}'),
    ],
)
def test_a_cell_is_neutral(value, cell):
    assert csv_cell(value) == cell


def test_the_manifest_says_how_the_result_was_made(run, lab):
    manifest = run.result.manifest

    assert manifest["run"] == str(run.pk)
    assert manifest["organization"] == str(lab.pk)
    assert manifest["query"]["definition"] == run.query.definition
    assert (manifest["query"]["start_date"], manifest["query"]["end_date"]) == (
        "20240101",
        "20240131",
    )
    assert manifest["corpus"] == {"name": "main", "generation": "000001"}
    assert manifest["totals"]["records"] == 2_350 + CHEESE_COUNT
    assert manifest["quota"] == {"bucket": "research", "requests": 24, "records": 2_390}
    assert sum(page["records"] for page in manifest["pages"]) == 2_390
    assert manifest["gaps"] == []
    assert manifest["carrel_version"]


def test_the_manifest_has_the_hashes_of_both_files(run):
    files = run.result.manifest["files"]

    for name, path in (
        ("csv", run.result.csv_path),
        ("json_lines", run.result.json_lines_path),
    ):
        assert files[name]["sha256"] == hashlib.sha256(read(path)).hexdigest()


def test_the_names_of_the_files_cannot_be_guessed(run):
    stem = run.result.csv_path.rpartition("/")[2].removesuffix(".csv")

    assert len(stem) >= 40
    assert stem not in run.result.json_lines_path


def test_a_run_cancelled_while_its_files_are_written_leaves_none_behind(lab, paula, monkeypatch):
    run = make_run(lab, paula, keyword="cheese")
    held = fetch_pages(run, 1)
    write = result_module.write_files

    def cancelled_meanwhile(run, undo):
        files = write(run, undo)
        actions.cancel_run(run, by=paula)
        return files

    monkeypatch.setattr(result_module, "write_files", cancelled_meanwhile)
    with pytest.raises(RunEnded):
        result_module.finish_run(held)

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert not Result.objects.exists()
    _folders, left = default_storage.listdir(f"results/{lab.pk}")
    assert left == []


def test_files_that_cannot_be_written_delay_the_result_and_lose_nothing(
    lab, paula, move_clock, settings
):
    obstacle = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "results"
    obstacle.parent.mkdir(parents=True)
    obstacle.touch()
    run = take_turns(make_run(lab, paula, keyword="cheese"))
    assert run.status == RunStatus.RUNNING
    assert run.failure_count == 1

    obstacle.unlink()
    move_clock(dt.timedelta(minutes=1))
    run = take_turns(run)

    assert run.status == RunStatus.SUCCEEDED
    assert len(json_records(run)) == CHEESE_COUNT
    assert run.page_count == 1


def test_the_downloads_of_a_lab_end_with_its_access(lab, carl, carls_seat, oscar):
    run = take_turns(make_run(lab, carl))
    change_status(lab, OrganizationStatus.SUSPENDED, by=oscar)

    with pytest.raises(NotAllowed, match="has ended"):
        actions.note_download(run.result, by=carl, kind="csv")


def test_a_cancelled_run_keeps_no_records(lab, carl, carls_seat):
    run = make_run(lab, carl)
    fetch_pages(run, 3)

    actions.cancel_run(run, by=carl)

    pages = list(run.pages.all())
    assert [bytes(page.records) for page in pages] == [b""] * 3
    assert all(page.records_hash for page in pages)


def test_a_result_whose_commit_lost_its_answer_keeps_its_files(lab, carl, carls_seat, monkeypatch):
    def commit_and_lose_the_answer(*given, _publish=result_module._publish):
        _publish(*given)
        raise OperationalError("server closed the connection unexpectedly")

    run = make_run(lab, carl)
    monkeypatch.setattr(result_module, "_publish", commit_and_lose_the_answer)

    with contextlib.suppress(OperationalError):
        take_turns(run)

    assert default_storage.exists(Result.objects.get(run=run).csv_path)

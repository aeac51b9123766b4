"""Publishing: readers see the old or the new, writers take turns, and a crash leaves no trace."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from corpus import actions, engines, generations
from corpus.language import parse
from corpus.layout import generation_folder
from corpus.models import Generation
from lib.time import now

QUERY = parse(
    {"and": [{"field_name": "username", "operation": "EQ", "field_values": ["ada"]}]},
    start_date="20240101",
    end_date="20240131",
)


def test_the_database_holds_one_current_generation_for_each_corpus(db):
    Generation.objects.create(corpus="main", number=1, is_current=True, published_at=now())
    Generation.objects.create(corpus="other", number=1, is_current=True, published_at=now())

    with pytest.raises(IntegrityError, match="one_current"), transaction.atomic():
        Generation.objects.create(corpus="main", number=2, is_current=True, published_at=now())
    with pytest.raises(IntegrityError, match="number_is_unique"), transaction.atomic():
        Generation.objects.create(corpus="main", number=1)
    with pytest.raises(IntegrityError, match="is_published"), transaction.atomic():
        Generation.objects.create(corpus="third", number=1, is_current=True)


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_or_the_new_while_another_imports(import_rows, video):
    import_rows([video(n) for n in range(100)])
    seen, problems, done = set(), [], threading.Event()

    def read():
        try:
            while not done.is_set():
                engine = engines.current("main")
                frozen = engine.freeze(QUERY)
                blocks = [engine.block(QUERY, frozen, i) for i in range(len(frozen.boundaries))]
                seen.add((frozen.total, sum(map(len, blocks)), engine.generation))
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for step in range(1, 5):
        import_rows([video(step * 100 + n) for n in range(100)])
    done.set()
    for reader in readers:
        reader.join()

    whole = {(100 * step, 100 * step, f"{step:06d}") for step in range(1, 6)}
    assert problems == []
    assert seen <= whole
    assert engines.current("main").count(QUERY) == 500


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_lose_nothing(write_file, video):
    paths = [write_file([video(k * 10 + n) for n in range(10)], f"rows{k}.jsonl") for k in range(4)]
    reports = []

    def import_(path):
        try:
            reports.append(actions.import_table("videos", path, corpus="main"))
        finally:
            connection.close()

    writers = [threading.Thread(target=import_, args=[path]) for path in paths]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert sorted(report.generation for report in reports) == [
        "000001",
        "000002",
        "000003",
        "000004",
    ]
    assert engines.current("main").count(QUERY) == 40


def test_a_writer_that_died_leaves_nothing_behind(import_rows, video, monkeypatch):
    import_rows([video(1)])
    with monkeypatch.context() as patch:
        patch.setattr(generations, "_announce", lambda row, details: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            import_rows([video(2)])
    before = engines.current("main").count(QUERY)

    import_rows([video(3)])

    assert before == 1
    assert engines.current("main").generation == "000002"
    assert engines.current("main").count(QUERY) == 2
    files = generation_folder("main", "000002").rglob("*.parquet")
    assert [path.name for path in files] == ["2024-01.parquet"]


def test_files_are_copied_where_they_cannot_be_shared(import_rows, video, monkeypatch):
    import_rows([video(1), video(2, create_time=1_710_000_000)])

    def refuse(path, target):
        raise OSError("no links here")

    monkeypatch.setattr("corpus.generations.os.link", refuse)
    import_rows([video(3)])

    assert Generation.objects.current("main").table_counts["videos"] == 3
    assert Generation.objects.current("main").name == "000002"

"""The engine against a plain reading of the rules, and the paging of frozen results."""

import datetime as dt
import json
import os
import shutil
import threading

import duckdb
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import engines
from corpus.codebook import VIDEO_QUERY_FIELDS, VIDEOS
from corpus.engines.compiling import Compiler
from corpus.folding import fold
from corpus.language import parse
from corpus.layout import generation_folder

CLASSES = ["SHORT", "MID", "LONG", "EXTRA_LONG"]


def condition(field_name, operation, *values):
    return {"field_name": field_name, "operation": operation, "field_values": list(values)}


def classify(seconds):
    """The class of a duration, as a person would read the table of the wire format."""
    if seconds is None:
        return None
    return CLASSES[(seconds >= 15) + (seconds > 60) + (seconds > 300)]


def values_of(record, name):
    """What a record says on a field one can ask about; nothing, one thing or several."""
    if name == "create_date":
        return [dt.datetime.fromtimestamp(record["create_time"], dt.UTC).date()]
    if name == "video_length":
        length = classify(record.get("video_duration"))
        return [] if length is None else [CLASSES.index(length)]
    found = record.get(VIDEO_QUERY_FIELDS[name].column)
    if found is None:
        return []
    if name == "username":
        return [fold(found)]
    if name == "hashtag_name":
        return [fold(tag) for tag in found]
    if name == "effect_id":
        return [int(effect) for effect in found]
    return [found]


COMPARE = {
    "EQ": lambda one, other: one == other,
    "IN": lambda one, other: one == other,
    "GT": lambda one, other: one > other,
    "GTE": lambda one, other: one >= other,
    "LT": lambda one, other: one < other,
    "LTE": lambda one, other: one <= other,
}


def fulfils(record, condition):
    name = condition.field_name
    for value in condition.values:
        for found in values_of(record, name):
            if name == "keyword":
                if fold(value) in fold(found):
                    return True
                continue
            if name in ("username", "hashtag_name"):
                value = fold(value)
            if name == "video_length" and isinstance(value, str):
                value = CLASSES.index(value)
            if COMPARE[condition.operation](found, value):
                return True
    return False


def evaluate(records, query):
    """The rules of the query language, written down as plainly as can be."""
    found = [
        record
        for record in records
        if query.start_date <= values_of(record, "create_date")[0] <= query.end_date
        and all(fulfils(record, item) for item in query.all_of)
        and (not query.any_of or any(fulfils(record, item) for item in query.any_of))
        and not any(fulfils(record, item) for item in query.none_of)
    ]
    return sorted((record["id"] for record in found), reverse=True)


WORDS = [
    "Cat",
    "CAFÉ",
    "cafe\u0301",
    "Straße",
    "100%",
    "a_b",
    "#fyp",
    "مرحبا",
    "猫",
    "x\0y",
    "'",
    "%",
]
TAGS = ["Fyp", "fyp", "cat", "猫", "Straße", "a_b", "%"]
NAMES = ["ada", "Ada_B", "xu\0", "Σ", "o'neil"]
DAY = 86_400


def make_records():
    """A hundred videos that differ in everything one can ask about, with gaps."""
    base = 1_704_067_200  # 2024-01-01, 00:00 UTC
    lengths = [None, 0, 14, 15, 60, 61, 300, 301, 4000]
    records = []
    for n in range(100):
        record = {
            "id": (7 * 10**18, 7 * 10**19)[n % 2] + n * 7_919 % 101,
            "create_time": base + (n % 70) * DAY + (0, DAY - 1)[n % 2],
            "username": NAMES[n % 5],
            "region_code": [None, "US", "FR", "VN"][n % 4],
            "video_description": None if n % 11 == 0 else f"{WORDS[n % 12]} {WORDS[n % 7]}",
            "view_count": [None, 0, 5, 2**31 + 5, n][n % 5],
            "comment_count": None if n % 3 else n,
            "music_id": [None, 7, 2**62, 2**62 + 1, 2**65, 2**65 + 1][n % 6],
            "hashtag_names": [None, [], [TAGS[n % 7]], [TAGS[n % 7], TAGS[n % 5]]][n % 4],
            "effect_ids": [None, ["0"], ["12", "7"]][n % 3],
            "video_duration": lengths[n % 9],
        }
        records.append({name: value for name, value in record.items() if value is not None})
    return records


RECORDS = make_records()


@pytest.fixture
def engine(import_rows):
    import_rows(RECORDS)
    return engines.current("main")


value_of = {
    "create_date": st.sampled_from(["20231231", "20240101", "20240131", "20240201", 20240215]),
    "username": st.sampled_from(
        ["ada", "Ada_B", "xu", "Σ", "ς", "o'neil", "ADA", "@ada", "nobody"]
    ),
    "region_code": st.sampled_from(["US", "FR", "VN", "DE"]),
    "video_id": st.sampled_from(
        [str(7 * 10**18), 7 * 10**18 + 5, str(7 * 10**19 + 41), 7 * 10**19 + 77, 10**20 - 1, 3]
    ),
    "hashtag_name": st.sampled_from([*TAGS, "#FYP", "STRASSE", "nothing", "ca"]),
    "keyword": st.sampled_from(
        [*(word for word in WORDS if "\0" not in word), "café", "strasse", "at", "_", "zzz"]
    ),
    "music_id": st.sampled_from([7, "7", 2**62, str(2**62 + 1), 2**65, str(2**65 + 1)]),
    "effect_id": st.sampled_from(["0", 12, "7", "8"]),
    "video_length": st.sampled_from(CLASSES),
    "view_count": st.sampled_from([0, "5", 5.0, 2**31, 2**31 + 5, 40]),
    "comment_count": st.sampled_from([0, "3", 50, 99]),
}


@st.composite
def conditions(draw):
    name = draw(st.sampled_from(sorted(VIDEO_QUERY_FIELDS)))
    operation = draw(st.sampled_from(VIDEO_QUERY_FIELDS[name].operations))
    most = 4 if operation == "IN" else 1
    values = draw(st.lists(value_of[name], min_size=1, max_size=most))
    return condition(name, operation.value, *values)


@st.composite
def queries(draw):
    lists = {
        name: draw(st.lists(conditions(), max_size=size))
        for name, size in (("and", 2), ("or", 3), ("not", 2))
    }
    if not any(lists.values()):
        lists["and"] = [draw(conditions())]
    start = draw(st.sampled_from(["20231201", "20240101", "20240131"]))
    end = draw(st.sampled_from(["20240131", "20240229", "20250101"]))
    return parse(lists, start_date=start, end_date=end, longest_days=None)


def test_every_query_finds_what_a_plain_reading_of_the_rules_finds(engine):
    @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(queries())
    def compare(query):
        frozen = engine.freeze(query)
        found = engine.block(query, frozen, 0)
        expected = evaluate(RECORDS, query)
        assert [record["id"] for record in found] == expected
        assert frozen.total == engine.count(query) == len(expected)

    compare()


def test_records_come_back_as_they_were_sent(engine, find_all):
    expected = sorted(RECORDS, key=lambda record: -record["id"])

    found = find_all()

    assert found == expected
    assert msgspec.json.decode(msgspec.json.encode(found)) == expected


def test_keys_stand_in_the_order_of_the_codebook(engine, find_all):
    for record in find_all():
        assert list(record) == [name for name in VIDEOS.returned_names if name in record]


def ids_found(find, *conditions, **options):
    return [record["id"] % 1000 for record in find(*conditions, **options)]


@pytest.mark.parametrize("keyword", ["100%", "a_b", "'; DROP TABLE x; --", "\\", "%%"])
def test_no_letter_of_a_keyword_is_a_wildcard(import_rows, find, video, keyword):
    import_rows([video(1, video_description=f"so {keyword} it is"), video(2)])

    assert ids_found(find, condition("keyword", "EQ", keyword)) == [1]


def test_a_keyword_is_found_inside_words_and_in_any_case(import_rows, find, video):
    import_rows([video(1, video_description="CONCATENATE"), video(2, video_description="dog")])

    assert ids_found(find, condition("keyword", "EQ", "cat")) == [1]


def test_a_keyword_may_be_a_hashtag(import_rows, find, video):
    import_rows([video(1, video_description="look #Cats"), video(2, video_description="cats")])

    assert ids_found(find, condition("keyword", "EQ", "#cats")) == [1]


def test_a_hashtag_is_matched_whole_and_in_any_case(import_rows, find, video):
    import_rows([video(1, hashtag_names=["CatS"]), video(2, hashtag_names=["catsoftiktok"])])

    assert ids_found(find, condition("hashtag_name", "EQ", "cats")) == [1]
    assert ids_found(find, condition("hashtag_name", "EQ", "#cats")) == [1]


def test_a_username_is_matched_whole_and_in_any_case(import_rows, find, video):
    import_rows([video(1, username="Ada"), video(2, username="ada2")])

    assert ids_found(find, condition("username", "EQ", "ADA")) == [1]


def test_not_keeps_videos_that_lack_the_field(import_rows, find, video):
    import_rows([video(1, region_code=None), video(2, region_code="US")])

    assert ids_found(find, **{"not": [condition("region_code", "EQ", "US")]}) == [1]


def test_the_three_lists_hold_together(import_rows, find, video):
    import_rows([video(n, view_count=n, username=f"u{n % 3}") for n in range(1, 10)])

    found = ids_found(
        find,
        condition("view_count", "GT", 2),
        **{
            "or": [condition("username", "EQ", "u0"), condition("username", "EQ", "u1")],
            "not": [condition("view_count", "GTE", 8)],
        },
    )

    assert found == [7, 6, 4, 3]


@pytest.mark.parametrize(
    ("length", "seconds"),
    [("SHORT", [0, 14]), ("MID", [15, 60]), ("LONG", [61, 300]), ("EXTRA_LONG", [301, 999])],
)
def test_a_bound_belongs_to_the_shorter_class(import_rows, find, video, length, seconds):
    bounds = [0, 14, 15, 60, 61, 300, 301, 999]
    import_rows([video(n, video_duration=n) for n in bounds] + [video(500)])

    found = ids_found(find, condition("video_length", "EQ", length))

    assert sorted(found) == seconds


def test_both_dates_belong_to_the_window(import_rows, find, video):
    first = 1_704_067_200
    moments = [first - 1, first, first + 2 * DAY - 1, first + 2 * DAY]
    import_rows([video(n, create_time=moment) for n, moment in enumerate(moments)])

    found = ids_found(
        find, condition("username", "EQ", "ada"), start_date="20240101", end_date="20240102"
    )

    assert found == [2, 1]


@pytest.mark.parametrize("first_day", ["00010101", "02020101", "09991231"])
def test_a_window_may_begin_before_the_year_1000(import_rows, find, video, first_day):
    import_rows([video(1)])

    found = ids_found(find, condition("create_date", "GTE", first_day), start_date=first_day)

    assert found == [1]


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2000])
@pytest.mark.parametrize("first", [7_300_000_000_000_000_000, 2**64 - 1_500])
def test_blocks_together_are_the_whole_result_in_order(import_rows, video, size, first):
    moment = 1_704_067_200
    import_rows(
        [video(id=first + n, create_time=moment + n * 977, view_count=1) for n in range(size)]
        + [video(50_000 + n, view_count=2) for n in range(7)]
    )
    query = parse(
        {"and": [condition("view_count", "EQ", 1)]},
        start_date="20240101",
        end_date="20240131",
    )
    engine = engines.current("main")

    frozen = engine.freeze(query)
    blocks = [engine.block(query, frozen, index) for index in range(len(frozen.boundaries))]

    ids = [record["id"] for block in blocks for record in block]
    assert frozen.total == size
    assert [len(block) for block in blocks[:-1]] == [1000] * (len(blocks) - 1)
    assert frozen.boundaries == tuple(block[0]["id"] for block in blocks)
    assert len(blocks) == -(-size // 1000)
    assert ids == list(range(first, first + size))[::-1]
    assert engine.block(query, frozen, len(blocks)) == []
    assert engine.block(query, frozen, -1) == []


@pytest.mark.parametrize("asked", [7 * 10**18 + 5, 7 * 10**19 + 5])
def test_an_id_is_looked_for_only_where_it_can_lie(import_rows, video, home, asked):
    rows = [video(id=n * 10**16) for n in range(9_000)] + [video(id=asked)]
    import_rows(rows)
    query = parse(
        {"and": [condition("video_id", "EQ", asked)]}, start_date="20240101", end_date="20240131"
    )
    compiler = Compiler()
    where = compiler.matches(query).sql(dialect="duckdb")
    (path,) = home.rglob("2024-01.parquet")

    sql = f"EXPLAIN ANALYZE SELECT id FROM '{path}' WHERE {where}"
    ((_kind, plan),) = duckdb.execute(sql, compiler.parameters).fetchall()

    assert "Row Groups Scanned: 1 / 2" in plan


def test_a_sample_is_the_same_for_the_same_seed_only(engine):
    query = parse(
        {"not": [condition("video_id", "EQ", 1)]}, start_date="20240101", end_date="20240131"
    )
    everything = {record["id"] for record in engine.block(query, engine.freeze(query), 0)}

    samples = [
        [record["id"] for record in engine.sample(query, seed=seed, count=20)] for seed in (1, 1, 2)
    ]

    assert samples[0] == samples[1] != samples[2]
    assert len(set(samples[0])) == 20
    assert set(samples[0]) <= everything
    assert samples[0] != sorted(samples[0], reverse=True)


def test_only_the_months_of_the_window_are_opened(engine, home):
    folder = generation_folder("main", engine.generation) / "videos"
    for path in folder.glob("2024-0[13].parquet"):
        path.write_bytes(b"broken")
    query = parse(
        {"and": [condition("keyword", "EQ", "cat")]}, start_date="20240201", end_date="20240229"
    )

    assert engine.count(query) == len(evaluate(RECORDS, query)) > 0


def test_a_generation_whose_files_are_gone_says_so(engine):
    query = parse(
        {"and": [condition("keyword", "EQ", "cat")]}, start_date="20240101", end_date="20240131"
    )
    frozen = engine.freeze(query)
    shutil.rmtree(generation_folder("main", engine.generation))

    for ask in (
        lambda: engine.count(query),
        lambda: engine.freeze(query),
        lambda: engine.block(query, frozen, 0),
        lambda: engine.sample(query, seed=1, count=1),
    ):
        with pytest.raises(engines.GenerationGone, match="000001 of the corpus main"):
            ask()


def test_a_corpus_without_data_says_so(db):
    with pytest.raises(engines.NothingImported, match="The corpus empty holds no data yet"):
        engines.current("empty")


def test_an_engine_stays_with_its_generation(import_rows, video):
    import_rows([video(1)])
    old = engines.current("main")
    import_rows([video(2)])
    query = parse(
        {"and": [condition("username", "EQ", "ada")]}, start_date="20240101", end_date="20240131"
    )

    assert old.count(query) == engines.at("main", old.generation).count(query) == 1
    assert engines.current("main").count(query) == 2


def test_threads_may_ask_at_the_same_time(engine):
    query = parse(
        {"and": [condition("keyword", "EQ", "cat")]}, start_date="20240101", end_date="20240131"
    )
    expected = evaluate(RECORDS, query)
    answers = []

    def ask():
        for _ in range(10):
            frozen = engine.freeze(query)
            answers.append([record["id"] for record in engine.block(query, frozen, 0)])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [expected] * 40


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_opens_its_own_connection(engine):
    query = parse(
        {"and": [condition("keyword", "EQ", "cat")]}, start_date="20240101", end_date="20240131"
    )
    expected = engine.count(query)
    reader, writer = os.pipe()

    child = os.fork()
    if child == 0:  # the child answers through the pipe and ends without any clean-up
        os.write(writer, json.dumps(engine.count(query)).encode())
        os._exit(0)
    os.close(writer)
    answer = os.read(reader, 100)
    os.close(reader)
    os.waitpid(child, 0)

    assert json.loads(answer) == expected


def test_the_connection_reads_nothing_but_the_corpus(engine, tmp_path):
    from corpus.engines.connection import cursor

    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")

    with cursor() as opened, pytest.raises(Exception, match="disabled by configuration"):
        opened.execute(f"SELECT * FROM read_csv('{secret}')")


def test_the_period_spans_the_days_of_all_videos(import_rows, video):
    import_rows([video(1, create_time=1_704_067_199), video(2, create_time=1_717_200_000)])
    import_rows([video(3, create_time=1_709_251_200)])

    period = engines.current("main").period()

    assert (str(period.start), str(period.end)) == ("2023-12-31", "2024-06-01")

"""The invented corpus: the same for the same seed, and like a real one where that matters."""

import unicodedata

import duckdb
import pytest

from corpus import actions, engines
from corpus.codebook import REGION_CODES, TABLES
from corpus.demonstration import generate
from corpus.language import parse

SIZE = 3_000


def make(seed, threads=2):
    connection = duckdb.connect(config={"threads": threads})
    generate(connection, videos=SIZE, seed=seed)
    return connection


def digest(connection):
    """One number for the content of each table, whatever the order of its rows."""
    return {
        name: connection.execute(
            f"SELECT count(*), sum(hash({', '.join(f.name for f in table.fields)})) FROM {name}"
        ).fetchall()
        for name, table in TABLES.items()
    }


@pytest.fixture(scope="module")
def made():
    with make(seed=1) as connection:
        yield connection


def ask(connection, sql):
    return connection.execute(sql).fetchall()


def test_the_same_seed_gives_the_same_data_on_any_number_of_threads(made):
    with make(seed=1, threads=1) as again:
        assert digest(again) == digest(made)


def test_another_seed_gives_other_data(made):
    with make(seed=2) as other:
        assert digest(other)["videos"] != digest(made)["videos"]


def test_ids_are_unique_and_carry_their_time(made):
    for table, size in (("videos", SIZE), ("comments", SIZE * 3 // 2)):
        sql = f"SELECT count(*), count(DISTINCT id), bool_and(id >> 32 = create_time) FROM {table}"
        assert ask(made, sql) == [(size, size, True)]


def test_the_dates_are_fixed(made):
    sql = "SELECT min(create_time) >= 1704067200, max(create_time) < 1767225600 FROM videos"

    assert ask(made, sql) == [(True, True)]


def test_captions_come_in_several_scripts_with_joined_emoji(made):
    text = "".join(caption for (caption,) in ask(made, "SELECT video_description FROM videos"))

    scripts = {unicodedata.name(letter, "?").split()[0] for letter in set(text)}
    assert {"LATIN", "ARABIC", "CYRILLIC", "DEVANAGARI", "HIRAGANA", "CJK"} <= scripts
    assert "\u200d" in text
    assert "ế" in text


def test_optional_fields_are_missing_here_and_there(made):
    optional = [field.name for field in TABLES["videos"].fields if not field.is_required]
    sql = ", ".join(f"count({name})" for name in optional)
    (filled,) = ask(made, f"SELECT {sql} FROM videos")

    always = {"video_description", "share_count", "view_count", "like_count", "comment_count"}
    for name, count in zip(optional, filled, strict=True):
        assert 0 < count <= SIZE
        assert (count == SIZE) == (name in always | {"hashtag_names"}), name


def test_hashtags_have_a_long_tail(made):
    rows = ask(
        made,
        "SELECT tag, count(*) FROM (SELECT unnest(hashtag_names) AS tag FROM videos)"
        " GROUP BY tag ORDER BY 2 DESC",
    )

    assert rows[0][0] == "fyp"
    assert {"climate", "election", "health"} <= {tag for tag, _count in rows[:60]}
    assert sum(count == 1 for _tag, count in rows) > len(rows) / 2


def test_comments_stand_under_videos_and_replies_under_comments(made):
    sql = """
        SELECT count(*), count(videos.id), count(parent.id), sum(comments.reply_count)
        FROM comments LEFT JOIN videos ON videos.id = video_id
        LEFT JOIN comments AS parent
            ON parent.id = comments.parent_comment_id AND parent.video_id = comments.video_id
    """
    ((comments, under_videos, replies, replies_counted),) = ask(made, sql)

    assert comments == under_videos
    assert 0 < replies == replies_counted < comments


def test_regions_and_creators_are_known(made):
    regions = {region for (region,) in ask(made, "SELECT DISTINCT region_code FROM videos")}
    strangers = "SELECT count(*) FROM videos WHERE username NOT IN (SELECT username FROM users)"

    assert regions - {None} <= REGION_CODES
    assert len(regions) > 10
    assert ask(made, strangers) == [(0,)]


def test_the_demonstration_is_loaded_once_and_can_be_queried(db):
    first = actions.load_demonstration("demo", videos=500)
    query = parse(
        {"or": [{"field_name": "keyword", "operation": "EQ", "field_values": ["CLIMATE"]}]},
        start_date="20240101",
        end_date="20251231",
        longest_days=None,
    )

    assert actions.load_demonstration("demo", videos=500) is None
    assert first.table_counts == {"videos": 500, "comments": 750, "users": 50}
    assert first.sources == [{"demonstration": {"videos": 500, "seed": 20240101}}]
    engine = engines.current("demo")
    found = engine.block(query, engine.freeze(query), 0)
    assert 0 < len(found) < 500
    assert all("climate" in record["video_description"].lower() for record in found)

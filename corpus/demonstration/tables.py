"""Filling tables with invented videos, comments and users.

Every value is drawn by hashing the seed, the number of the row and the name of the draw, so it
depends on nothing else: not on threads, order or time. SQL is put together here from our own
words only.
"""

import datetime as dt
from typing import Any

import duckdb

from corpus.demonstration import words
from corpus.engines.compiling import day_start

SEED = 20_240_101
FIRST_DAY = dt.date(2024, 1, 1)
LAST_DAY = dt.date(2025, 12, 31)

# An odd factor makes multiplication modulo 2**32 one to one, so that low halves never repeat.
_SPREAD = 2_654_435_761


def generate(connection: duckdb.DuckDBPyConnection, *, videos: int, seed: int) -> None:
    """Make the tables `videos`, `comments` and `users`, with the columns of the codebook."""
    _define_draws(connection, seed)
    _make_words(connection)
    users = max(1, videos // 10)
    _make_users(connection, users)
    _make_videos(connection, videos, users)
    _make_comments(connection, videos * 3 // 2, videos)


def _define_draws(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    """`draw(name, n)` is a number from 0 up to 1, `pick(list, name, n)` an element."""
    for macro in (
        f"draw(name, n) AS (hash(n, name, {int(seed)}) >> 11)::DOUBLE / 9007199254740992.0",
        "whole(name, n, size) AS CAST(floor(draw(name, n) * size) AS BIGINT)",
        "pick(list, name, n) AS list[1 + whole(name, n, len(list))]",
        "bell(name, n) AS draw(name || '1', n) + draw(name || '2', n) + draw(name || '3', n) - 1.5",
        f"identifier(moment, n) AS moment * 4294967296 + (n * {_SPREAD}) % 4294967296",
    ):
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")


def _make_words(connection: duckdb.DuckDBPyConnection) -> None:
    languages = list(words.OPENINGS)
    _make_table(
        connection,
        "markets",
        place=list(range(len(words.MARKETS))),
        region=[region for region, _language in words.MARKETS],
        language=[language for _region, language in words.MARKETS],
    )
    _make_table(
        connection,
        "languages",
        language=languages,
        openings=[words.OPENINGS[language] for language in languages],
        remarks=[words.REMARKS[language] for language in languages],
    )
    topics = list(enumerate(words.TOPICS))
    _make_table(
        connection,
        "topics",
        place=[place for place, _topic in topics for _language in languages],
        topic=[topic[0] for _place, topic in topics for _language in languages],
        tags=[topic[1] for _place, topic in topics for _language in languages],
        language=languages * len(topics),
        phrase=[topic[2][language] for _place, topic in topics for language in languages],
    )
    constants = {
        "closings": words.CLOSINGS,
        "common_tags": words.COMMON_TAGS,
        "tail_firsts": words.TAIL_FIRSTS,
        "tail_seconds": words.TAIL_SECONDS,
        "name_firsts": words.NAME_FIRSTS,
        "name_seconds": words.NAME_SECONDS,
        "display_names": words.DISPLAY_NAMES,
    }
    _make_table(connection, "lists", **{name: [values] for name, values in constants.items()})


def _make_table(connection: duckdb.DuckDBPyConnection, name: str, **columns: list[Any]) -> None:
    values = ", ".join(f"unnest(${column}) AS {column}" for column in columns)
    connection.execute(f"CREATE TABLE {name} AS SELECT {values}", columns)


def _make_users(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Creators; a few have very many followers."""
    connection.execute(
        f"""
        CREATE TABLE people AS
        SELECT n AS person, region, language,
            pick(name_firsts, 'first', n) || '_' || pick(name_seconds, 'second', n) || n
                AS username,
            CAST(floor(exp(6 + 4.5 * bell('fame', n) * 1.6)) AS BIGINT) AS follower_count
        FROM range({count}) AS numbers(n)
        JOIN markets ON place = whole('market', n, (SELECT count(*) FROM markets)), lists
        """
    )
    connection.execute(
        """
        CREATE TABLE users AS
        SELECT username, pick(display_names, 'shown', person) AS display_name,
            CASE WHEN draw('bio', person) < 0.7 THEN phrase END AS bio_description,
            'https://images.example/avatar/' || person || '.webp' AS avatar_url,
            follower_count > 100000 AND draw('verified', person) < 0.6 AS is_verified,
            follower_count, whole('following', person, 900) AS following_count,
            follower_count * whole('liked', person, 40) AS likes_count,
            whole('published', person, 400) AS video_count,
            CASE WHEN draw('url', person) < 0.1 THEN 'https://example.org/' || username END
                AS bio_url
        FROM people JOIN topics ON topics.language = people.language
            AND place = whole('interest', person, (SELECT max(place) + 1 FROM topics)), lists
        """
    )


_TAG = """
    CASE WHEN i = 0 THEN pick(tags, 'lead', n)
        WHEN draw('kind', n * 16 + i) < 0.35 
            THEN common_tags[1 + CAST(floor(7 * pow(draw('common', n * 16 + i), 2)) AS BIGINT)]
        WHEN draw('kind', n * 16 + i) < 0.55 THEN pick(tags, 'topical', n * 16 + i)
        ELSE pick(tail_firsts, 'tail1', n * 16 + i) || pick(tail_seconds, 'tail2', n * 16 + i)
            || CASE WHEN draw('tail3', n * 16 + i) < 0.5 THEN ''
                ELSE CAST(whole('tail4', n * 16 + i, 60) AS VARCHAR) END
    END
"""


def _make_videos(connection: duckdb.DuckDBPyConnection, count: int, users: int) -> None:
    start = day_start(FIRST_DAY)
    seconds = day_start(LAST_DAY) + 86_400 - start
    connection.execute(
        f"""
        CREATE TABLE drawn AS
        SELECT n, username, region, people.language, topic, phrase,
            pick(openings, 'opening', n) AS opening, pick(closings, 'closing', n) AS closing,
            {start} + whole('moment', n, {seconds}) AS create_time,
            CAST(floor(exp(6.2 + 5 * bell('seen', n)) * (1 + follower_count / 50000))
                AS BIGINT) AS view_count,
            CASE WHEN draw('tagless', n) < 0.12 THEN []
                ELSE list_transform(
                    range(1 + whole('tags', n, 6)),
                    lambda i: {_TAG}
                ) END AS drawn_tags
        FROM range({count}) AS numbers(n)
        JOIN people ON person
            = CAST(floor({users} * pow(draw('creator', n), 2.5)) AS BIGINT)
        JOIN topics ON topics.language = people.language
            AND topics.place
            = CAST(floor(pow(draw('topic', n), 1.5) * {len(words.TOPICS)}) AS BIGINT)
        JOIN languages ON languages.language = people.language, lists
        """
    )
    connection.execute(_VIDEOS)


_VIDEOS = """
    CREATE TABLE videos AS
    WITH tagged AS (
        SELECT *, list_filter(drawn_tags, lambda tag, i: list_position(drawn_tags, tag) = i)
            AS hashtag_names
        FROM drawn
    )
    SELECT n, language, identifier(create_time, n) AS id,
        opening || ' ' || phrase || closing
            || array_to_string(list_transform(hashtag_names, lambda tag: ' #' || tag), '')
            AS video_description,
        create_time,
        CASE WHEN draw('nowhere', n) >= 0.01 THEN region END AS region_code,
        CAST(floor(view_count * 0.01 * draw('shared', n)) AS BIGINT) AS share_count,
        view_count,
        CAST(floor(view_count * 0.15 * draw('liked', n)) AS BIGINT) AS like_count,
        CAST(floor(view_count * 0.008 * draw('discussed', n)) AS BIGINT) AS comment_count,
        CASE WHEN draw('silent', n) >= 0.03
            THEN identifier(1600000000, CAST(floor(pow(draw('sound', n), 3) * 30000) AS BIGINT))
            END AS music_id,
        hashtag_names, username,
        CASE WHEN draw('effects', n) < 0.15
            THEN [CAST(100000 + whole('effect', n, 400) AS VARCHAR)] END AS effect_ids,
        CASE WHEN draw('listed', n) < 0.04
            THEN identifier(1650000000, whole('playlist', n, 5000)) END AS playlist_id,
        CASE WHEN draw('spoken', n) < 0.2 THEN lower(phrase) END AS voice_to_text,
        CASE WHEN draw('judged', n) < 0.9
            THEN topic IN ('vaccine', 'climate') AND draw('stem', n) < 0.3 END AS is_stem_verified,
        CASE WHEN draw('kept', n) < 0.9
            THEN CAST(floor(view_count * 0.02 * draw('saved', n)) AS BIGINT) END
            AS favorites_count,
        CASE WHEN draw('timed', n) >= 0.01
            THEN CAST(4 + floor(exp(3 + 2.2 * bell('long', n))) AS BIGINT) END AS video_duration,
        CASE WHEN len(hashtag_names) > 0 THEN CAST(to_json(list_transform(hashtag_names,
            lambda tag: {'hashtag_id': hash(tag) >> 2, 'hashtag_name': tag})) AS VARCHAR) END
            AS hashtag_info_list,
        CASE WHEN draw('sticker', n) < 0.02
            THEN '[{"sticker_id":"7041","sticker_name":"poll"}]' END AS sticker_info_list,
        CASE WHEN draw('effects', n) < 0.15 THEN '[{"effect_id":"'
            || CAST(100000 + whole('effect', n, 400) AS VARCHAR)
            || '","effect_name":"Effect '|| whole('effect', n, 400) || '"}]' END
            AS effect_info_list,
        CASE WHEN draw('mention', n) < 0.06 THEN ['ada_lovelace'] END AS video_mention_list,
        CASE WHEN topic = 'election' AND draw('label', n) < 0.5
            THEN '{"content":"Get the facts about the election","type":"election"}' END
            AS video_label,
        CASE WHEN draw('marked', n) < 0.03 THEN '{"type":"AIGC Type","number":'
            || (1 + whole('mark', n, 2)) || '}' END AS video_tag
    FROM tagged
"""


def _make_comments(connection: duckdb.DuckDBPyConnection, count: int, videos: int) -> None:
    """Comments in threads of five under one video: the first is answered by some of the rest."""
    connection.execute(
        f"""
        CREATE TABLE written AS
        SELECT numbers.n, videos.id AS video_id, pick(remarks, 'remark', numbers.n) AS text,
            videos.create_time + 60
            + 3600 * (numbers.n % 5) + whole('later', numbers.n, 3000) AS create_time,
            numbers.n % 5 > 0 AND draw('answer', numbers.n) < 0.4 AS is_reply,
            username
        FROM range({count}) AS numbers(n)
        JOIN videos ON videos.n
            = CAST(floor({videos} * pow(draw('under', numbers.n // 5), 2)) AS BIGINT)
        JOIN languages USING (language)
        """
    )
    connection.execute(
        """
        CREATE TABLE comments AS
        WITH answers AS (
            SELECT n - n % 5 AS head, count(*) AS replies FROM written WHERE is_reply GROUP BY ALL
        )
        SELECT identifier(one.create_time, one.n) AS id, one.video_id, one.text,
            CAST(floor(exp(4 * bell('agreed', one.n) + 1)) AS BIGINT) AS like_count,
            coalesce(replies, 0) AS reply_count,
            CASE WHEN one.is_reply THEN identifier(first.create_time, first.n)
                ELSE one.video_id END AS parent_comment_id,
            one.create_time, NULL::VARCHAR AS display_name
        FROM written AS one
        JOIN written AS first ON first.n = one.n - one.n % 5
        LEFT JOIN answers ON answers.head = one.n
        """
    )

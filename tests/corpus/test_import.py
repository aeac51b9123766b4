"""What an import takes, what it refuses by row, and that it changes no id."""

import gzip
import json
import re

import duckdb
import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from corpus import actions
from corpus.models import Generation
from lib.errors import Refused

ID = 7_300_000_000_000_000_001


def reasons(report):
    return [(row.number, row.reason) for row in report.refused]


def counts(report):
    return (report.read, report.added, report.updated, len(report.refused))


def test_json_lines_come_back_as_they_were(import_rows, find_all, video):
    rows = [
        video(
            2,
            favorites_count=3_000_000_000,
            hashtag_names=["a", "b"],
            hashtag_info_list=[{"hashtag_id": 5, "hashtag_description": None}],
            video_label={"content": "é"},
            is_stem_verified=False,
        ),
        video(1, hashtag_names=[]),
    ]

    report = import_rows(rows)

    assert counts(report) == (2, 2, 0, 0)
    assert report.generation == "000001"
    assert find_all() == rows


@pytest.mark.parametrize("shape", ["array", "lines", "pretty", "concatenated", "bom", "answers"])
def test_every_shape_of_json_is_read(import_rows, find_all, video, shape):
    rows = [video(3), video(2), video(1)]
    answers = [
        {"data": {"videos": part, "cursor": 1}, "error": {"code": "ok"}}
        for part in (rows[:2], [], rows[2:])
    ]
    text = {
        "array": json.dumps(rows),
        "lines": "\n".join(map(json.dumps, rows)),
        "pretty": json.dumps(rows, indent=2),
        "concatenated": "".join(json.dumps(row, indent=1) for row in rows),
        "bom": "\ufeff" + json.dumps(rows),
        "answers": "".join(map(json.dumps, answers)),
    }[shape]

    report = import_rows(text)

    assert counts(report) == (3, 3, 0, 0)
    assert find_all() == rows


def test_a_gzip_file_is_unpacked_whatever_its_name(import_rows, find_all, video):
    packed = gzip.compress(json.dumps(video()).encode())

    import_rows(packed, name="rows.csv")

    assert find_all() == [video()]


def test_parquet_is_read_with_its_types(import_rows, find_all, tmp_path):
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        f"COPY (SELECT {ID} AS id, TIMESTAMP '2024-01-05 10:00:00' AS create_time,"
        " 'ada' AS username, ['x', 'y,z'] AS hashtag_names, 2147483653 AS view_count,"
        f" true AS is_stem_verified, {{'content': 'a'}} AS video_label) TO '{path}'"
        " (FORMAT parquet)"
    )

    import_rows(path)

    assert find_all() == [
        {
            "id": ID,
            "create_time": 1704448800,
            "view_count": 2_147_483_653,
            "hashtag_names": ["x", "y,z"],
            "username": "ada",
            "is_stem_verified": True,
            "video_label": {"content": "a"},
        }
    ]


def test_parquet_ids_that_were_floats_are_refused(import_rows, tmp_path):
    path = tmp_path / "rows.parquet"
    duckdb.sql(
        f"COPY (SELECT 7.3e18::DOUBLE AS id, 5 AS create_time, 'ada' AS username)"
        f" TO '{path}' (FORMAT parquet)"
    )

    report = import_rows(path)

    assert [row.number for row in report.refused] == [1]
    assert report.refused[0].reason.startswith("id is 7.3e+18: a spreadsheet has cut off")


CSV = "id,create_time,username,video_description,hashtag_names\n"


@pytest.mark.parametrize(
    "text",
    [
        CSV + f'{ID},1704499196,ada,"a, ""cat""\nhere","x,y"\n',
        "\ufeff" + CSV + f'{ID},1704499196,ada,"a, ""cat""\nhere","x,y"\n',
        CSV.replace("\n", "\r\n") + f'{ID},1704499196,ada,"a, ""cat""\nhere","#x, #y"\r\n',
        CSV + f'{ID},2024-01-05T23:59:56.000Z,ada,"a, ""cat""\nhere","[\'x\', \'y\']"\r\n',
        CSV + f'{ID},1704499196,ada,"a, ""cat""\nhere","[""x"",""y""]"',
        "username;hashtag_names;id;create_time;video_description\n"
        f'ada;x,y;{ID};1704499196;"a, ""cat""\nhere"\n',
        "hashtag_names\tusername\tID\tcreateTime\tDesc\textra\n"
        f'x,y\tada\t{ID}\t1704499196.0\t"a, ""cat""\nhere"\t1\n',
    ],
    ids=["plain", "bom", "crlf", "mixed ends", "json list", "semicolons", "tabs and synonyms"],
)
def test_every_dialect_of_csv_gives_the_same_video(import_rows, find_all, text):
    import_rows(text, name="rows.csv")

    assert find_all() == [
        {
            "id": ID,
            "video_description": 'a, "cat"\nhere',
            "create_time": 1704499196,
            "hashtag_names": ["x", "y"],
            "username": "ada",
        }
    ]


def test_mixed_line_ends_are_read_row_by_row(import_rows, find_all):
    text = CSV.replace("\n", "\r\n") + "".join(
        f'{ID + n},1704499196,ada,"line\r\none",{end}'
        for n, end in enumerate(["\n", "\r\n", "\r", "\n"])
    )

    report = import_rows(text, name="rows.csv")

    assert counts(report) == (4, 4, 0, 0)
    assert {record["video_description"] for record in find_all()} == {"line\r\none"}


def test_real_sizes_are_kept_exactly(import_rows, find_all, video):
    tags = [f"tag{n}" for n in range(123)]
    caption = ("=cmd|' /C calc'!A0 👨‍👩‍👧‍👦 مرحبا " * 200)[:4011]
    row = video(1, video_description=caption, hashtag_names=tags, view_count=2**31 + 7)

    import_rows([row])

    assert find_all() == [row]


def test_u0000_is_kept_exactly(import_rows, find_all, video):
    row = video(1, username="u\0\0\x004", video_description="é\0b", hashtag_names=["\0"])

    import_rows([row])

    assert find_all() == [row]


def test_python_lists_with_escaped_letters_are_understood(import_rows, find_all):
    tags = ["it's", 'say "hi"', "👩\u200d🔬", "a,b"]
    cell = repr(tags).replace('"', '""')

    import_rows(CSV + f'{ID},1704499196,ada,x,"{cell}"\n', name="rows.csv")

    assert find_all()[0]["hashtag_names"] == tags


def test_an_import_changes_no_id(import_rows, find_all, video):
    rows = [video() | {"id": number, "music_id": number} for number in LONG_IDS]
    as_text = [row | {"id": str(row["id"])} for row in rows]

    import_rows(as_text)

    assert sorted(record["id"] for record in find_all()) == LONG_IDS
    assert sorted(record["music_id"] for record in find_all()) == LONG_IDS


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.parquet", "broken.jsonl"])
def test_ids_of_twenty_digits_are_whole_numbers_from_any_format(
    import_rows, find_all, video, tmp_path, name
):
    rows = [video() | {"id": number} for number in LONG_IDS]
    path = tmp_path / name
    cells = "".join(f"{number},1704499196,ada,x,\n" for number in LONG_IDS)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    if name.endswith("parquet"):
        numbers = f"SELECT unnest({LONG_IDS}::DECIMAL(20,0)[]) AS id"
        duckdb.sql(f"{numbers}, 1704499196 AS create_time, 'ada' AS username").write_parquet(
            str(path)
        )
    else:
        text = {"rows.jsonl": lines, "rows.csv": CSV + cells, "broken.jsonl": lines + "{\n"}
        path.write_text(text[name])

    import_rows(path, skip_refused=True)

    found = [record["id"] for record in find_all()]
    assert found == LONG_IDS[::-1]
    assert {type(number) for number in found} == {int}


def test_a_later_import_finds_a_video_of_twenty_digits_again(import_rows, find_all, video):
    rows = [video() | {"id": number} for number in LONG_IDS]
    import_rows(rows)

    report = import_rows([row | {"view_count": 6} for row in rows])

    assert counts(report) == (len(LONG_IDS), 0, len(LONG_IDS), 0)
    assert {record["id"]: record["view_count"] for record in find_all()} == dict.fromkeys(
        LONG_IDS, 6
    )


def test_a_comment_and_what_it_answers_may_have_twenty_digits(import_rows, home):
    comment = {"id": 10**20 - 1, "video_id": 2**64 + 1, "parent_comment_id": 2**64 + 1}

    import_rows([comment | {"create_time": 1704499196}], table="comments")

    (path,) = (home / "corpus").rglob("comments/*.parquet")
    texts = [f"CAST({name} AS VARCHAR) AS {name}" for name in comment]
    found = duckdb.sql(f"SELECT {', '.join(texts)} FROM '{path}'").fetchall()
    assert found == [tuple(map(str, comment.values()))]


# Around every bound that a number could be cut or rounded at, up to the longest id there is.
LONG_IDS = [1, 2**53 + 1, 7_369_664_352_016_362_726, 2**63 - 1, 2**63, 2**64, 2**64 + 1]
LONG_IDS += [73207681964501650210, 10**20 - 1]

SPREADSHEET = (
    "a spreadsheet has cut off its last digits. Export the column as text from the original."
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "7,33E+18"}, f"id is 7,33E+18: {SPREADSHEET}"),
        ({"id": "7.50E+18"}, f"id is 7.50E+18: {SPREADSHEET}"),
        (
            {"id": 7.5e18},
            "id is 7500000000000000000.0: an id is a whole number, and written with a fraction "
            "it may have lost its last digits.",
        ),
        (
            {"music_id": "7375579229523643153.0"},
            "music_id is 7375579229523643153.0: an id is a whole number, and written with a "
            "fraction it may have lost its last digits.",
        ),
        ({"id": 10**20}, f"id is {10**20}; an id is kept exactly up to 20 digits, not beyond."),
        (
            {"music_id": "9" * 40},
            f"music_id is {'9' * 40}; an id is kept exactly up to 20 digits, not beyond.",
        ),
        ({"id": "-5"}, "id is -5, which is not a whole number."),
        ({"id": "0123"}, "id is 0123, which is not a whole number."),
        ({"id": "lom9l08"}, "id is lom9l08, which is not a whole number."),
        ({"id": None}, "id is missing."),
        ({"id": "  "}, "id is missing."),
        ({"username": None}, "username is missing."),
        ({"create_time": None}, "create_time is missing."),
        (
            {"create_time": "yesterday"},
            "create_time is yesterday, which is neither Unix seconds nor an ISO 8601 time.",
        ),
        (
            {"create_time": 1704499196000},
            "create_time is 1704499196000, which is not between 1970 and 2099; "
            "are these milliseconds?",
        ),
        (
            {"view_count": "541.2K"},
            "view_count is 541.2K, which is not a whole number of 0 or more.",
        ),
        ({"view_count": -1}, "view_count is -1, which is not a whole number of 0 or more."),
        ({"view_count": 1.5}, "view_count is 1.5, which is not a whole number of 0 or more."),
        ({"view_count": 10**20}, f"view_count is {10**20}, which is more than 64 bits hold."),
        ({"region_code": "USA"}, "region_code is USA, which is not a code of two letters."),
        (
            {"is_stem_verified": "perhaps"},
            "is_stem_verified is perhaps, which is neither true nor false.",
        ),
        ({"video_label": "text"}, "video_label is text, which is not JSON."),
        (
            {"hashtag_names": [{"name": "x"}]},
            'hashtag_names is [{"name":"x"}], which is not a list of texts.',
        ),
        ({"hashtag_names": "['x"}, "hashtag_names is ['x, which is not a list of texts."),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_nothing_is_written(
    import_rows, video, home, change, reason
):
    report = import_rows([video(5), video(6) | change])

    assert reasons(report) == [(2, reason)]
    assert report.generation == ""
    assert not Generation.objects.exists()
    assert not list((home / "corpus").rglob("*.parquet"))


def test_half_a_character_is_refused_with_its_row(import_rows, find_all, video):
    text = "".join(json.dumps(video(n)) + "\n" for n in (1, 2)) + '{"id": 3, "username": "\\ud83d"}'

    report = import_rows(text, skip_refused=True)

    assert reasons(report) == [
        (3, "username holds half of a character (a lone surrogate) or is no UTF-8.")
    ]
    assert [record["id"] for record in find_all()] == [video(2)["id"], video(1)["id"]]


def test_bytes_that_are_no_utf8_are_refused_with_their_row(import_rows, find_all):
    text = CSV.encode() + b"1,1704499196,ada,fine,\n2,1704499196,ada,caf\xe9,\n"

    report = import_rows(text, name="rows.csv", skip_refused=True)

    assert [row.number for row in report.refused] == [2]
    assert report.refused[0].reason.startswith("video_description holds half")
    assert [record["id"] for record in find_all()] == [1]


def test_rows_with_too_few_or_too_many_cells_are_refused(import_rows):
    text = CSV + "1,1704499196,ada\n2,1704499196,ada,x,y,z\n3,1704499196,ada,x,y\n"

    report = import_rows(text, name="rows.csv")

    assert reasons(report) == [
        (1, "has 3 cells where the header has 5."),
        (2, "has 6 cells where the header has 5."),
    ]


def test_a_broken_line_among_json_lines_is_refused_with_its_row(import_rows, video):
    text = json.dumps(video(1)) + '\n{"id": 5,\n[1]\n7\n' + json.dumps(video(2)) + "\n"

    report = import_rows(text, skip_refused=True)

    assert [row.number for row in report.refused] == [2, 3, 4]
    assert report.refused[0].reason.startswith("is not valid JSON")
    assert report.refused[2].reason == "is not an object."
    assert report.added == 2


def test_a_file_of_anything_but_objects_is_refused_row_by_row(import_rows):
    report = import_rows('[1, "two", null, [{}]]')

    assert reasons(report) == [(number, "is not an object.") for number in (1, 2, 3, 4)]


def test_skipping_refused_rows_imports_the_others(import_rows, find_all, video):
    report = import_rows([video(1), video(2, view_count=-1), video(3)], skip_refused=True)

    assert counts(report) == (3, 2, 0, 1)
    assert len(find_all()) == 2


def test_a_dry_run_counts_and_writes_nothing(import_rows, find_all, video):
    import_rows([video(1)])

    report = import_rows([video(1), video(2)], dry_run=True)

    assert counts(report) == (2, 1, 1, 0)
    assert find_all() == [video(1)]
    assert Generation.objects.count() == 1


def test_a_second_crawl_updates_by_id_and_keeps_what_it_lacks(import_rows, find_all, video):
    import_rows([video(1, like_count=1, hashtag_names=["a"]), video(2)])

    report = import_rows(
        "view_count,id,username,create_time,hashtag_names\n"
        f"99,{video(1)['id']},ada,{video(1)['create_time']},\n"
        f"7,{video(3)['id']},bob,{video(3)['create_time']},\n",
        name="rows.csv",
    )

    assert counts(report) == (2, 1, 1, 0)
    later, untouched, updated = find_all()
    assert later["username"] == "bob"
    assert untouched == video(2)
    assert updated == video(1, view_count=99, like_count=1, hashtag_names=["a"])


def test_within_one_file_the_later_row_wins(import_rows, find_all, video):
    report = import_rows([video(1, view_count=9, like_count=4), video(1, view_count=8)])

    assert counts(report) == (2, 1, 1, 0)
    assert find_all() == [video(1, view_count=8, like_count=4)]


def test_a_video_that_moves_to_another_month_is_there_once(import_rows, find_all, video):
    import_rows([video(1), video(2)])

    import_rows([video(1, create_time=1_710_000_000)])

    assert find_all() == [video(2), video(1, create_time=1_710_000_000)]


def test_the_last_video_of_a_month_may_move_away(import_rows, find_all, video):
    import_rows([video(1)])

    import_rows([video(1, create_time=1_710_000_000)])

    assert find_all() == [video(1, create_time=1_710_000_000)]
    assert Generation.objects.current("main").table_counts["videos"] == 1


def test_months_that_do_not_change_are_shared_with_the_older_generation(import_rows, video, home):
    import_rows([video(1), video(2, create_time=1_710_000_000)])
    import_rows([video(3)])

    folder = home / "corpus" / "main"
    same, changed = (
        [
            (folder / name / "videos" / f"{month}.parquet").stat().st_ino
            for name in ("000001", "000002")
        ]
        for month in ("2024-03", "2024-01")
    )

    assert same[0] == same[1]
    assert changed[0] != changed[1]


def test_the_handle_may_stand_in_the_address_but_the_id_may_not(import_rows, find_all):
    header = "ID,createTimeISO,webVideoUrl\n"
    address = f"https://www.tiktok.com/@u_6844/video/{ID}"

    refused = import_rows(header + f"7.5E+18,2024-01-01,{address}\n", name="rows.csv")
    import_rows(header + f"{ID},2024-01-01,{address}\n", name="rows.csv")

    assert [row.number for row in refused.refused] == [1]
    assert find_all() == [{"id": ID, "create_time": 1704067200, "username": "u_6844"}]


def test_columns_nobody_knows_are_named(import_rows, video):
    report = import_rows([video(1) | {"Split": "a"}])

    assert report.unused_columns == ["Split"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        ("\ufeff \n", "The file is empty."),
        ("id,x\n1,2\n".encode("utf-16"), "The file is written in UTF-16; save it as UTF-8."),
        (
            "user,count\nada,5\n",
            "The file has no column for id, create_time, username, which every row of videos "
            "needs.",
        ),
        (CSV, "The file holds no videos."),
        ("[]", "The file holds no videos."),
        ('{"data": {"comments": [{"id": 1}]}}', "The file holds no videos."),
        (b"PAR1 but not really", "The Parquet file cannot be read; it may be cut off."),
        (
            "[1, 2",
            "The file is not valid JSON: Expecting ',' delimiter: line 1 column 6 (char 5).",
        ),
    ],
)
def test_a_file_without_a_single_row_is_refused(import_rows, content, sentence):
    with pytest.raises(Refused) as caught:
        import_rows(content, name="rows.csv")

    assert str(caught.value) == sentence


def test_a_missing_or_cut_file_is_refused(import_rows, tmp_path, write_file):
    cut = write_file(gzip.compress(b"id\n" * 10_000)[:-20], "cut.gz")

    for path in (tmp_path / "nowhere.csv", cut):
        with pytest.raises(Refused, match="cannot be read"):
            import_rows(path)


def test_an_unknown_table_and_a_bad_corpus_name_are_refused(import_rows, video):
    with pytest.raises(Refused, match="There is no table shops"):
        import_rows([video()], table="shops")
    with pytest.raises(Refused, match="is no name for a corpus"):
        actions.load_demonstration("../elsewhere")


def test_comments_and_users_are_imported_and_updated(import_rows):
    comment = {"id": 5, "video_id": ID, "create_time": 1_704_499_196, "text": ""}
    user = {"username": "ada", "follower_count": 2**31 + 1}

    import_rows([comment], table="comments")
    import_rows([user], table="users")
    comments = import_rows([comment, comment | {"id": 6}], table="comments")
    users = import_rows([user | {"bio_url": "https://ada.example"}], table="users")

    assert counts(comments) == (2, 1, 1, 0)
    assert counts(users) == (1, 0, 1, 0)
    assert Generation.objects.current("main").table_counts == {
        "videos": 0,
        "comments": 2,
        "users": 1,
    }


def test_an_import_is_recorded_with_its_source(import_rows, video):
    import_rows([video(1)])

    generation = Generation.objects.current("main")
    entry = Entry.objects.get(event="corpus.imported")
    (source,) = generation.sources
    assert entry.subject_id == str(generation.pk)
    assert entry.details["added"] == 1
    assert entry.details["sha256"] == source["sha256"]
    assert (source["table"], source["file"], len(source["sha256"])) == ("videos", "rows.jsonl", 64)


def test_the_command_prints_the_report(db, write_file, video, capsys):
    call_command("import_corpus", "videos", str(write_file([video(1) | {"Split": 1}])))

    assert capsys.readouterr().out.splitlines() == [
        "columns not used: Split",
        "read: 1",
        "added: 1",
        "updated: 0",
        "refused: 0",
        "published: 000001",
    ]


def test_the_command_names_refused_rows_and_fails(db, write_file, video, capsys):
    path = write_file([video(1), video(2, view_count=-1)])

    with pytest.raises(CommandError, match="Nothing was written") as caught:
        call_command("import_corpus", "videos", str(path))
    call_command("import_corpus", "videos", str(path), "--skip-refused", "--corpus", "other")

    assert caught.value.returncode == 1
    assert "row 2: view_count is -1" in capsys.readouterr().out
    assert Generation.objects.get().corpus == "other"


def test_the_command_does_not_claim_what_it_did_not_write(db, write_file, video, capsys):
    path = str(write_file([video(1), video(2, view_count=-1)]))

    with pytest.raises(CommandError, match="--skip-refused"):
        call_command("import_corpus", "videos", path)
    stopped = capsys.readouterr().out.splitlines()
    call_command("import_corpus", "videos", path, "--skip-refused", "--dry-run")
    rehearsed = capsys.readouterr().out.splitlines()
    call_command("import_corpus", "videos", path, "--skip-refused")
    written = capsys.readouterr().out.splitlines()

    assert {"would be added: 1", "would be updated: 0"} <= {*stopped} & {*rehearsed}
    assert {"added: 1", "updated: 0"} <= {*written}


@pytest.mark.parametrize(
    ("number", "address", "is_hinted"),
    [
        ("7.3E+18", f"https://www.example.org/@ada/video/{ID}", True),
        ("7.3E+18", "https://www.example.org/@ada", False),
        (f"{ID}", f"https://www.example.org/@ada/video/{ID}", False),
    ],
)
def test_the_command_says_where_the_true_ids_stand(
    db, write_file, capsys, number, address, is_hinted
):
    text = f"id,create_time,video_url,view_count\n{number},1704499196,{address},-1\n"

    with pytest.raises(CommandError):
        call_command("import_corpus", "videos", str(write_file(text, "rows.csv")))

    hints = [line for line in capsys.readouterr().out.splitlines() if line.startswith("hint")]
    assert [("video_url hold the full id" in hint) for hint in hints] == [True] * is_hinted
    assert not Generation.objects.exists()


def test_the_command_says_why_a_file_cannot_be_read(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_corpus", "videos", str(tmp_path / "nowhere"))


def test_real_answers_of_the_api_import_as_they_are(db, capsys, find_all, shared_data):
    folder = shared_data / "api-examples"
    files = sorted(folder.glob("c4d_api_videos_response*.json"))

    for path in files:
        call_command("import_corpus", "videos", str(path))

    # 27 videos on page 1; on page 2 the same, but one whose id was scrambled to 20 digits, which
    # no 64 bits hold; and one by itself, whose author's name holds U+0000.
    told = re.findall(r"(read|added|updated|refused): (\d+)", capsys.readouterr().out)
    assert [int(count) for _label, count in told] == [27, 27, 0, 0, 27, 1, 26, 0, 1, 1, 0, 0]
    sent = {}
    for path in files:
        sent |= {row["id"]: row for row in json.loads(path.read_text())["data"]["videos"]}
    found = {record["id"]: record for record in find_all()}
    assert found == sent
    assert len(found) == 29
    assert 73207681964501650210 in found
    assert any("\0" in record["username"] for record in found.values())


def test_real_comments_import_as_they_are(db, capsys, shared_data):
    path = shared_data / "api-examples" / "c4d_api_comments_response.json"

    call_command("import_corpus", "comments", str(path))

    assert "read: 6\nadded: 6\nupdated: 0\nrefused: 0\n" in capsys.readouterr().out


def test_a_query_finds_what_was_imported_from_real_answers(import_rows, find, shared_data):
    import_rows(shared_data / "api-examples" / "c4d_api_videos_response_page_1_of_2.json")
    example = json.loads((shared_data / "api-examples" / "c4d_example-query.json").read_text())

    found = find(*example["and"], **{"not": example["not"]})

    assert len(found) == 27
    assert all("cat" in record["video_description"].lower() for record in found)


def test_a_file_broken_by_a_spreadsheet_is_refused_row_by_row(import_rows, shared_data):
    report = import_rows(shared_data / "videos" / "cc0_health_30.csv")

    good = {8, 14, 16}
    assert [row.number for row in report.refused] == [n for n in range(1, 31) if n not in good]
    assert all(row.reason.endswith(SPREADSHEET) for row in report.refused)
    assert counts(report) == (30, 3, 0, 27)
    assert report.unused_columns == ["Split", "Video Name", "Risky Behavior"]
    assert not Generation.objects.exists()


def test_another_schema_is_refused_with_the_missing_columns(import_rows, shared_data):
    with pytest.raises(Refused, match="no column for video_id, create_time"):
        import_rows(shared_data / "comments" / "tiktok-trump_comments.csv", table="comments")

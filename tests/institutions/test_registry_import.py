"""Reading dumps of the registry: all or nothing, the second time an update."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from institutions.importing import reading
from institutions.importing.reading import read_values
from institutions.models import Institution, RegistryImport, RegistryStatus, Source
from lib.errors import Refused
from tests.institutions.conftest import relation, ror_record


def command(path, *options):
    told = io.StringIO()
    call_command("import_institutions", str(path), *options, stdout=told)
    return told.getvalue()


def as_zip(path, text, name="v2.0-ror-data.json", **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        for other, content in more.items():
            archive.writestr(other.replace("__", "."), content)
    return path


def institution(number=1):
    return Institution.objects.get(ror_id=f"0{number:08d}")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["json", "indented", "jsonl", "zip", "zip of lines", "marked"])
def test_each_form_of_a_dump_is_read(tmp_path, form):
    records = [ror_record(1), ror_record(2, "Other University")]
    lines = "\n".join(json.dumps(record) for record in records) + "\n"
    path = tmp_path / "dump"
    texts = {
        "json": json.dumps(records),
        "indented": json.dumps(records, indent=2),
        "jsonl": lines,
        "marked": "\ufeff" + json.dumps(records),
    }
    if form == "zip":
        as_zip(path, texts["json"], data__csv="id,name")
    elif form == "zip of lines":
        as_zip(path, lines, name="ror.jsonl")
    else:
        path.write_text(texts[form], encoding="utf-8")

    told = command(path)

    assert told.splitlines() == ["read: 2", "added: 2", "updated: 0", "refused: 0"]
    assert institution(2).name == "Other University"


@pytest.mark.django_db
def test_a_zip_with_both_versions_of_the_schema_is_read_in_version_2(tmp_path):
    path = as_zip(
        tmp_path / "dump.zip",
        json.dumps([ror_record()]),
        name="v1.50-ror-data_schema_v2.json",
        **{"v1__json": json.dumps([{"name": "Old", "id": "https://ror.org/000000001"}])},
    )

    assert "read: 1" in command(path)


def test_everything_that_carrel_keeps_is_kept(load):
    load(
        ror_record(
            aliases=["Old Name"],
            acronyms=["SU"],
            types=["education", "funder"],
            status="inactive",
            domains=["SAMPLE.nl"],
            links=[
                {"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/Sample"},
                {"type": "website", "value": "https://www.sample.nl/"},
            ],
            relationships=[relation("successor", 7, "New University")],
        )
    )

    row = institution()
    assert (row.name, row.other_names) == ("Sample University", ["Old Name", "SU"])
    assert (row.country.code, row.subdivision, row.place) == ("NL", "NH", "Amsterdam")
    assert (row.kinds, row.registry_status) == (["education", "funder"], RegistryStatus.INACTIVE)
    assert (row.domains, row.website) == (["sample.nl"], "https://www.sample.nl/")
    assert row.related("successor") == [
        {"type": "successor", "ror_id": "000000007", "label": "New University"}
    ]
    assert row.source == Source.ROR


@pytest.mark.parametrize(
    ("website", "domains"),
    [
        ("http://www.uio.example/english/", ["uio.example"]),
        ("https://www.facebook.com/university", []),
        ("no address", []),
        ("http://[broken", []),
    ],
)
def test_the_website_speaks_where_the_registry_names_no_domain(load, website, domains):
    load(ror_record(links=[{"type": "website", "value": website}]))

    assert institution().domains == domains
    assert institution().ror_domains == []


def test_a_second_dump_updates_what_changed_and_touches_nothing_else(load):
    load(ror_record(1), ror_record(2, "Second"), ror_record(3, "Third"))

    report = load(ror_record(1), ror_record(2, "Second", status="withdrawn"), ror_record(4, "New"))

    assert (report.read, report.added, report.updated) == (3, 1, 1)
    assert institution(2).registry_status == RegistryStatus.WITHDRAWN
    assert institution(3).name == "Third"


def test_the_same_dump_again_changes_nothing(load):
    records = [ror_record(1, domains=["a.example"], aliases=["A"]), ror_record(2, "B")]
    load(*records)

    report = load(*records)

    assert (report.read, report.added, report.updated) == (2, 0, 0)


def test_a_built_in_institution_is_adopted_by_its_identifier(load):
    known = Institution.objects.get(name="ETH Zurich")

    report = load(ror_record(name="ETH Zürich", id=f"https://ror.org/{known.ror_id}", country="CH"))

    assert (report.added, report.updated) == (0, 1)
    assert Institution.objects.get(pk=known.pk).name == "ETH Zürich"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "https://ror.org/"}, "no identifier"),
        ({"id": 7}, "Expected `str`"),
        ({"status": "gone"}, "Invalid enum value 'gone'"),
        ({"names": []}, "length >= 1"),
        ({"names": [{"value": "X", "types": ["alias"]}]}, "no name of the type ror_display"),
        ({"types": "education"}, "Expected `array`"),
        ({"relationships": [{"type": "parent", "id": "?", "label": ""}]}, "no identifier"),
    ],
)
@pytest.mark.django_db
def test_a_faulty_record_stops_the_import_and_its_reason_is_told(tmp_path, capsys, change, reason):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([ror_record(1), ror_record(2, **change)]))

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_institutions", str(path))

    told = capsys.readouterr().out.splitlines()[0]
    assert told.startswith("record 2: ")
    assert reason in told
    assert not Institution.objects.filter(ror_id="000000001").exists()
    assert not RegistryImport.objects.exists()


@pytest.mark.django_db
def test_the_reason_names_the_place_in_the_record(load):
    with pytest.raises(Refused) as refused:
        load(ror_record(1), ror_record(2, status="gone"), ror_record(1), 5)

    reasons = [(record.number, record.reason) for record in refused.value.report.first_refused]
    assert reasons[0] == (2, "Invalid enum value 'gone' - at `$.status`")
    assert reasons[1] == (3, "000000001 stands twice in the file")
    assert reasons[2][0] == 4


@pytest.mark.django_db
def test_the_good_records_of_a_faulty_file_can_be_imported_alone(tmp_path):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([ror_record(1), {}]))

    told = command(path, "--skip-refused")

    assert "added: 1" in told
    assert "refused: 1" in told


@pytest.mark.django_db
def test_a_record_of_the_first_schema_says_which_file_to_take(load):
    with pytest.raises(Refused) as refused:
        load({"id": "https://ror.org/000000001", "name": "Old", "types": ["Education"]})

    assert "version 1 of the schema" in refused.value.report.first_refused[0].reason


@pytest.mark.django_db
def test_a_file_full_of_faults_tells_the_first_and_counts_the_rest(tmp_path, capsys):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([{}] * 30))

    with pytest.raises(CommandError):
        call_command("import_institutions", str(path))

    assert "and 10 more\nread: 30" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "holds no records"),
        (b"[]", "holds no records"),
        (b"[" + json.dumps(ror_record()).encode(), "no JSON after record 1"),
        (json.dumps(ror_record()).encode() + b'\n{"id": "ht', "no JSON after record 1"),
        (b"[{]", "no JSON after record 0"),
        (b"id,name\n1,x", "no JSON after record 0"),
        (b"[" * 200_000, "no JSON after record 0"),
        (b'["' + b"9" * 10 + b"\xff\xfe", "not text in UTF-8"),
        (b"PK\x03\x04 and no more", "damaged or locked"),
    ],
)
def test_a_file_that_is_no_dump_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "dump"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        command(path)

    assert not Institution.objects.filter(ror_id="000000001").exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "nowhere.zip")


@pytest.mark.django_db
def test_a_zip_without_a_json_file_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="holds 0 JSON files"):
        command(as_zip(tmp_path / "dump.zip", "x", name="readme.txt"))


def test_a_damaged_zip_is_refused_in_a_sentence(tmp_path):
    path = as_zip(tmp_path / "dump.zip", json.dumps([ror_record(n) for n in range(200)]))
    content = bytearray(path.read_bytes())
    content[100:400] = b"\x00" * 300
    path.write_bytes(content)

    with pytest.raises(Refused, match="damaged or locked"):
        list(read_values(path))


def test_records_are_cut_from_the_text_wherever_its_pieces_end(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_CHUNK", 7)
    values = [{"a": "é" * 20, "b": [1, {"c": "] , ["}]}, {}, {"d": None}]
    path = tmp_path / "dump.json"

    for text in (json.dumps(values, indent=1), "\n".join(json.dumps(each) for each in values)):
        path.write_text(text, encoding="utf-8")
        assert list(read_values(path)) == values


def test_a_dump_is_read_a_piece_at_a_time(tmp_path):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([ror_record(1), *["x" * 1000] * 5000])[:-1] + "and so on")

    values = read_values(path)

    assert next(values)["status"] == "active"
    with pytest.raises(Refused, match="after record 5001"):
        list(values)


@pytest.mark.django_db
def test_what_postgresql_cannot_hold_is_left_out_of_a_name(tmp_path):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([ror_record(name="A\x00 \ud800B\n C")]))

    command(path)

    assert institution().name == "A B C"


def test_an_import_is_on_record(load):
    load(ror_record())

    done, entry = RegistryImport.objects.get(), Entry.objects.latest("id")
    assert (done.file_name, done.added_count) == ("dump.json", 1)
    assert (entry.event, entry.subject_id) == ("registry.imported", str(done.pk))
    assert entry.details == {"read": 1, "added": 1, "updated": 0, "refused": 0}


def test_an_organisation_of_two_countries_keeps_both(load):
    place = {"country_code": "HU", "name": "Budapest"}
    record = ror_record(country="AT")
    record["locations"].append({"geonames_details": place})

    load(record)

    assert (institution().country.code, institution().other_country_codes) == ("AT", ["HU"])

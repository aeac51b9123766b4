import pytest
from django.db import DatabaseError, connection, transaction

from audit import chain
from audit.log import record
from audit.models import Entry, EntryText, Seal


def test_the_chain_holds_over_untouched_entries(paula):
    for number in range(5):
        record("test.happened", by=paula, subject=paula, details={"number": number})

    verdict = chain.verify()

    assert verdict.count == 5
    assert verdict.problems == ()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET event = 'test.denied'",
        "DELETE FROM audit_seal",
        "UPDATE audit_seal SET hash = ''",
    ],
)
def test_the_database_refuses_to_change_the_log(paula, sql):
    record("test.happened", by=paula, subject=paula)
    chain.seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def _behind_its_back(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, given)
        cursor.execute("SET session_replication_role = origin")


def test_a_rewritten_entry_is_found(paula):
    entry = record("test.happened", by=paula, subject=paula)
    chain.seal()

    _behind_its_back("UPDATE audit_entry SET event = 'test.denied' WHERE id = %s", entry.id)

    assert chain.verify().problems == (f"entry {entry.id} or its seal was rewritten",)


def test_a_deleted_entry_is_found(paula):
    entry = record("test.happened", by=paula, subject=paula)
    chain.seal()

    _behind_its_back("DELETE FROM audit_entry WHERE id = %s", entry.id)

    assert chain.verify().problems == (f"entry {entry.id} was deleted",)


def test_an_entry_slipped_past_the_trigger_is_found(paula):
    _behind_its_back(
        "INSERT INTO audit_entry (event, subject_kind, subject_id, details, text_hash)"
        " VALUES ('test.happened', 'x', 'x', '{}', '')"
    )

    (problem,) = chain.verify().problems

    assert "behind the log's back" in problem


def test_the_words_of_an_entry_can_be_erased_but_not_rewritten(paula):
    entry = record("test.happened", by=paula, subject=paula, text="a person's own words")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EntryText.objects.filter(entry_id=entry.id).update(text="other words")
    EntryText.objects.filter(entry_id=entry.id).delete()

    assert chain.verify().problems == ()
    assert Entry.objects.get().text_hash


def test_sealing_again_changes_nothing(paula):
    record("test.happened", by=paula, subject=paula)
    chain.seal()
    before = list(Seal.objects.values_list("hash", flat=True))

    assert chain.seal() == 0
    assert list(Seal.objects.values_list("hash", flat=True)) == before


def test_an_event_has_the_form_noun_verb(paula):
    with pytest.raises(ValueError, match=r"noun\.past_participle"):
        record("Something Happened", by=paula, subject=paula)

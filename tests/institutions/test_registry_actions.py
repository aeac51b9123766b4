"""What operators change by hand, and that no import takes it away."""

import pytest

from audit.models import Entry, EntryText
from institutions import actions
from institutions.models import Institution, Source
from lib.errors import NotAllowed, Refused
from tests.institutions.conftest import ror_record

GIVEN = {
    "name": "Conservatory of Sample",
    "country": "NL",
    "kinds": ["education"],
    "domains": [],
    "website": "https://www.conservatory.example",
}


def add(by, **changes):
    return actions.add_institution(**{**GIVEN, **changes}, by=by)


def stored(number=1):
    return Institution.objects.get(ror_id=f"0{number:08d}")


def test_an_operator_adds_what_the_registry_lacks(oscar):
    institution = add(oscar, domains=["@Conservatory.example", "cs.example"])

    assert (institution.source, institution.ror_id) == (Source.OWN, None)
    assert institution.source_label == "Added by the operator"
    assert institution.domains == ["conservatory.example", "cs.example"]
    assert Institution.objects.matching("conserv", most=5).get() == institution
    entry = Entry.objects.latest("id")
    assert (entry.event, entry.actor_id) == ("institution.added", oscar.pk)


def test_without_a_domain_the_website_speaks(oscar):
    assert add(oscar).domains == ["conservatory.example"]


def test_what_is_there_under_another_name_is_not_added_again(oscar):
    with pytest.raises(Refused, match="The Ohio State University is in the registry already"):
        add(oscar, name="ohio state university", country="US")

    assert add(oscar, name="Ohio State University", country="NL").pk


@pytest.mark.parametrize(
    ("domain", "sentence"),
    [
        ("nonsense", "is no domain"),
        ("ac.uk", "shared by many"),
        ("edu", "is no domain"),
        ("gmail.com", "to anybody"),
        ("mailinator.com", "to anybody"),
        ("a b.nl", "is no domain"),
        ("<script>.nl", "is no domain"),
    ],
)
def test_what_cannot_be_an_institutions_own_domain_is_refused(oscar, domain, sentence):
    with pytest.raises(Refused, match=sentence):
        add(oscar, domains=[domain])


@pytest.mark.parametrize("domain", ["nus.edu.sg", "unican.es"])
def test_universities_on_free_lists_may_have_their_domain(oscar, domain):
    assert add(oscar, domains=[domain]).domains == [domain]


def test_reviewers_change_nothing(rita):
    institution = Institution.objects.get(name="ETH Zurich")

    with pytest.raises(NotAllowed, match="Only operators"):
        add(rita)
    with pytest.raises(NotAllowed, match="Only operators"):
        actions.change_domains(institution, domains=[], by=rita)
    with pytest.raises(NotAllowed, match="Only operators"):
        actions.note_caution(institution, caution="x", by=rita)


def test_domains_of_the_operator_outlast_every_import(oscar, load):
    record = ror_record(domains=["old.example", "wrong.example"])
    load(record)
    actions.change_domains(stored(), domains=["old.example", "mine.example"], by=oscar)

    load({**record, "domains": ["old.example", "wrong.example", "new.example"]})

    assert stored().domains == ["new.example", "old.example", "mine.example"]
    assert [each.name for each in Institution.objects.owning("a@mine.example")] == [stored().name]
    assert not Institution.objects.owning("a@wrong.example").exists()
    assert Institution.objects.matching("mine", most=5).get() == stored()


def test_an_import_that_changes_nothing_counts_nothing_of_an_edited_row(oscar, load):
    record = ror_record(domains=["old.example"])
    load(record)
    actions.change_domains(stored(), domains=["old.example", "mine.example"], by=oscar)

    assert load(record).updated == 0


def test_a_domain_that_was_taken_away_may_come_back(oscar, load):
    load(ror_record(domains=["a.example", "b.example"]))
    actions.change_domains(stored(), domains=["a.example"], by=oscar)
    assert stored().barred_domains == ["b.example"]

    actions.change_domains(stored(), domains=["a.example", "b.example"], by=oscar)

    assert (stored().domains, stored().barred_domains) == (["a.example", "b.example"], [])
    load(ror_record(domains=["a.example", "b.example"]))
    assert stored().domains == ["a.example", "b.example"]


def test_an_added_domain_that_is_taken_away_leaves_no_trace(oscar, load):
    load(ror_record(domains=["a.example"]))
    actions.change_domains(stored(), domains=["a.example", "b.example"], by=oscar)
    actions.change_domains(stored(), domains=["a.example"], by=oscar)

    assert (stored().added_domains, stored().barred_domains) == ([], [])


def test_a_change_of_domains_says_what_and_by_whom(oscar, load):
    load(ror_record(domains=["a.example"]))

    actions.change_domains(stored(), domains=["b.example"], by=oscar)

    entry = Entry.objects.latest("id")
    assert (entry.event, entry.actor_id) == ("institution.domains_changed", oscar.pk)
    assert entry.details == {"added": ["b.example"], "removed": ["a.example"]}


def test_a_note_of_caution_outlasts_every_import_and_is_on_record(oscar, load):
    load(ror_record())
    actions.note_caution(stored(), caution="ask for its statutes", by=oscar)

    load(ror_record(name="Another Name"))

    assert (stored().name, stored().caution) == ("Another Name", "ask for its statutes")
    entry = Entry.objects.get(event="institution.caution_noted")
    assert EntryText.objects.get(entry_id=entry.pk).text == "ask for its statutes"


@pytest.mark.django_db
def test_the_built_in_list_fills_rows_from_before_there_was_a_search():
    eth = Institution.objects.get(name="ETH Zurich")
    Institution.objects.filter(pk=eth.pk).update(search_text="", names=[], keys=[])
    Institution.objects.create(ror_id="0mine", name="Mine", kinds=["other"])
    Institution.objects.filter(ror_id="0mine").update(search_text="")

    actions.ensure_known_institutions()

    assert Institution.objects.matching("eidgenossische", most=5).first() == eth
    assert Institution.objects.matching("mine", most=5).get().ror_id == "0mine"


def test_the_built_in_list_overwrites_no_import(load):
    eth = Institution.objects.get(name="ETH Zurich")
    load(ror_record(name="Renamed", id=f"https://ror.org/{eth.ror_id}"))

    actions.ensure_known_institutions()

    assert Institution.objects.get(pk=eth.pk).name == "Renamed"

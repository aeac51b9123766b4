"""A query that asks for more than its lab was approved for goes nowhere, and is told why."""

import pytest
from django.urls import reverse

from corpus import language
from lib.errors import Refused
from outbox.models import Message
from programmes.scope import parse_scope
from queries import actions
from queries.estimates import estimate
from queries.forms import QueryForm
from queries.models import Query, Run
from queries.scope import OutsideScope, TableOutsideScope, check_in_scope
from queries.states import RunStatus
from quotas.models import Charge
from tests.factories.organizations import change_scope, make_member, make_organization
from tests.factories.queries import FIELDS, fetch_pages, make_query, make_run, take_turns

NL = {"regions": ["BE", "NL"]}


def ask(start_date="20240101", end_date="20240131", **lists):
    """`and_=[("region_code", "NL")]`: a condition for each pair, its values separated by spaces."""
    definition = {
        name.rstrip("_"): [
            {"operation": "IN", "field_name": field, "field_values": values.split()}
            for field, values in pairs
        ]
        for name, pairs in lists.items()
    }
    return language.parse(definition, start_date=start_date, end_date=end_date)


CAT = ("keyword", "cat")


@pytest.mark.parametrize(
    ("scope", "query", "fields"),
    [
        ({}, ask(and_=[CAT]), ["view_count"]),
        ({"tables": ["videos"]}, ask(and_=[CAT]), ["view_count"]),
        (NL, ask(and_=[CAT, ("region_code", "NL")]), ["id"]),
        (NL, ask(and_=[("region_code", "NL BE")]), ["id"]),
        (NL, ask(or_=[("region_code", "NL"), ("region_code", "BE")]), ["id"]),
        (NL, ask(and_=[("region_code", "NL")], or_=[CAT, ("region_code", "US")]), ["id"]),
        (NL, ask(and_=[("region_code", "NL US")], not_=[("region_code", "US")]), ["id"]),
        (NL, ask(and_=[("region_code", "NL US"), ("region_code", "NL")]), ["id"]),
        ({"first_day": "2024-01-01", "last_day": "2024-01-31"}, ask(and_=[CAT]), ["id"]),
        (
            {**NL, "fields": {"videos": ["id"]}},
            ask(and_=[("region_code", "NL"), ("create_date", "20240105"), ("video_id", "1")]),
            ["id"],
        ),
        ({"fields": {"comments": ["id"]}}, ask(and_=[CAT]), ["view_count"]),
    ],
)
def test_what_lies_inside_the_scope_passes(scope, query, fields):
    check_in_scope(parse_scope(scope), query, fields)


@pytest.mark.parametrize(
    ("scope", "query", "fields", "place", "words"),
    [
        ({"fields": {"videos": ["id"]}}, ask(and_=[("video_id", "1")]), ["id", "view_count"],
         "fields", "not approved for the field view_count"),
        ({"fields": {"videos": ["id"]}}, ask(and_=[("video_id", "1"), CAT]), ["id"],
         "query.and[1].field_name", "not approved for the field video_description"),
        ({"fields": {"videos": ["id"]}}, ask(and_=[("region_code", "NL")]), ["id"],
         "query.and[0].field_name", "not approved for the field region_code"),
        (NL, ask(and_=[CAT]), ["id"],
         "query", "add a condition that region_code is one or more of BE, NL"),
        (NL, ask(or_=[("region_code", "NL"), CAT]), ["id"], "query", "add a condition"),
        (NL, ask(not_=[("region_code", "US")]), ["id"], "query", "add a condition"),
        (NL, ask(and_=[CAT, ("region_code", "NL US")]), ["id"],
         "query.and[1].field_values", "not approved for the region US"),
        (NL, ask(or_=[("region_code", "NL"), ("region_code", "FR")]), ["id"],
         "query.or[1].field_values", "not approved for the region FR"),
        ({"first_day": "2024-01-02"}, ask(and_=[CAT]), ["id"], "start_date", "from 2024-01-02 on"),
        ({"last_day": "2024-01-30"}, ask(and_=[CAT]), ["id"], "end_date", "up to 2024-01-30"),
    ],
)  # fmt: skip
def test_what_lies_outside_is_refused_with_its_place(scope, query, fields, place, words):
    with pytest.raises(OutsideScope) as refusal:
        check_in_scope(parse_scope(scope), query, fields)

    assert refusal.value.place == place
    assert words in refusal.value.problem
    assert refusal.value.sentence == f"{place}: {refusal.value.problem}"


def test_a_kind_of_data_that_is_not_approved_has_a_refusal_of_its_own():
    with pytest.raises(TableOutsideScope, match="it is approved for users"):
        check_in_scope(parse_scope({"tables": ["users"]}), ask(and_=[CAT]), ["id"])


@pytest.fixture
def dutch_lab(paula):
    """Bread in NL and cheese in FR are in the corpus; this lab was approved for NL."""
    return make_organization(paula, name="Dutch bread", scope={"regions": ["NL"]})


def test_no_query_outside_the_scope_is_even_kept(dutch_lab, paula):
    with pytest.raises(OutsideScope, match="add a condition that region_code"):
        make_query(dutch_lab, paula, submit=False, keyword="cheese")

    assert not Query.objects.exists()


def test_a_query_inside_the_scope_runs_as_any_other(dutch_lab, paula):
    run = take_turns(make_run(dutch_lab, paula, keyword="bread", region_code="NL"))

    assert run.status == RunStatus.SUCCEEDED
    assert run.record_count == 2_350


def test_the_count_of_what_lies_outside_is_not_told_either(dutch_lab):
    with pytest.raises(OutsideScope):
        estimate(dutch_lab, ask(and_=[("keyword", "cheese")]))


def test_after_a_scope_was_narrowed_the_next_run_is_refused_and_results_stay(lab, paula, client):
    run = take_turns(make_run(lab, paula, keyword="cheese"))
    change_scope(lab, {"regions": ["NL"]})

    with pytest.raises(OutsideScope, match="region_code"):
        actions.repeat_query(run.query, by=paula)

    assert Run.objects.count() == 1
    client.force_login(paula)
    file = client.get(reverse("queries:download", args=[lab.pk, run.pk, "json-lines"]))
    assert len(b"".join(file.streaming_content).splitlines()) == 40


def test_a_draft_written_before_is_neither_run_nor_brought_before_the_principal(lab, paula, carl):
    make_member(lab, carl)
    lab.query_rule = "PRINCIPAL_APPROVES"
    lab.save()
    query = make_query(lab, carl, submit=False, keyword="cheese")
    waiting = make_query(lab, carl, keyword="cheese")
    change_scope(lab, {"regions": ["NL"]})

    with pytest.raises(OutsideScope):
        actions.submit_query(Query.objects.get(pk=query.pk), by=carl)
    with pytest.raises(OutsideScope):
        actions.approve_query(Query.objects.get(pk=waiting.pk), by=paula)

    waiting.refresh_from_db()
    assert waiting.status == "AWAITING_APPROVAL"
    assert not Run.objects.exists()


def test_a_run_under_way_stops_at_its_next_turn_and_is_charged_no_further(lab, paula):
    run = make_run(lab, paula, keyword="bread")
    held = fetch_pages(run, 2)
    Run.objects.filter(pk=held.pk).update(lease_until=held.created_at, claimed_by="")
    change_scope(lab, {"regions": ["FR"]})

    take_turns(run)

    assert run.status == RunStatus.FAILED
    assert "region_code" in run.problem
    assert Charge.objects.count() == 2
    assert Message.objects.filter(kind="run_failed").count() == 1


@pytest.fixture
def page_of(client, paula):
    client.force_login(paula)
    return lambda name, *ids: client.get(reverse(name, args=ids)).text


def test_the_page_of_a_query_says_what_lies_outside_and_offers_no_run(lab, paula, page_of):
    query = take_turns(make_run(lab, paula, keyword="cheese")).query
    assert "Run it again" in page_of("queries:query", lab.pk, query.pk)
    change_scope(lab, {"regions": ["NL"]})

    text = page_of("queries:query", lab.pk, query.pk)

    assert "asks for more than your lab is approved for now" in text
    assert "one or more of NL" in text
    assert "Run it again" not in text
    assert "40 records" not in text


def test_the_form_says_what_is_approved_and_offers_only_that(paula, page_of):
    scope = {
        "regions": ["NL"],
        "fields": {"videos": ["id", "video_description"]},
        "last_day": "2024-01-01",
    }
    lab = make_organization(paula, scope=scope)

    text = page_of("queries:new", lab.pk)

    assert "What your lab is approved for" in text
    assert "up to 1 Jan 2024" in text
    assert 'value="2024-01-01"' in text
    assert 'value="video_description"' in text
    assert 'value="view_count"' not in text
    assert 'name="region" value="NL"' in text


def test_a_lab_without_a_scope_sees_no_word_of_it(lab, page_of):
    assert "approved for" not in page_of("queries:new", lab.pk)


def typed(**changes):
    return {
        "name": "Bread",
        "keyword": "bread",
        "region": "NL",
        "start_date": "2024-01-01",
        "end_date": "2024-01-31",
        "fields_wanted": ["id"],
        **changes,
    }


@pytest.mark.parametrize(
    ("scope", "changes", "field", "words"),
    [
        (NL, {"region": ""}, "region", "Your lab is approved for some regions only"),
        (NL, {"region": "nl, us"}, "region", "not approved for the region US"),
        ({"first_day": "2024-01-05"}, {}, "start_date", "Your lab is approved for data from"),
        ({"last_day": "2024-01-05"}, {}, "end_date", "Your lab is approved for data up to"),
        ({"fields": {"videos": ["id", "region_code"]}}, {}, "keyword", "the field video_desc"),
        (
            {"fields": {"videos": ["id"]}},
            {"fields_wanted": ["view_count"]},
            "fields_wanted",
            "view",
        ),
        ({"tables": ["users"]}, {}, "__all__", "not approved for this kind of data"),
        (
            NL,
            {
                "definition": '{"and": [{"operation": "EQ", "field_name": "keyword", '
                '"field_values": ["bread"]}]}'
            },
            "definition",
            "query: your lab is approved for some regions only",
        ),
    ],
)
def test_the_form_sets_each_refusal_beside_what_it_speaks_of(scope, changes, field, words):
    form = QueryForm(typed(**changes), scope=parse_scope(scope))

    assert not form.is_valid()
    assert words in form.errors[field][0]


def test_a_forged_field_does_not_get_past_the_action(paula):
    lab = make_organization(paula, scope={"fields": {"videos": ["id", "video_description"]}})

    with pytest.raises(Refused, match="fields: your lab is not approved for the field create_time"):
        make_query(lab, paula, fields=FIELDS)

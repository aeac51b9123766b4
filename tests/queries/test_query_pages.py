"""The pages of queries, walked through the real views."""

import json

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from audit.models import Entry
from lib.time import today
from organizations.actions import remove_membership, set_query_rule
from organizations.models import QueryRule
from queries.models import Query, Run
from queries.states import QueryStatus, RunStatus
from tests.factories.organizations import make_member, make_organization
from tests.factories.queries import make_query, make_run, take_turns

SIMPLE = {
    "name": "Bread in the Netherlands",
    "keyword": "bread",
    "hashtag": "",
    "region": "nl",
    "username": "",
    "definition": "",
    "start_date": "2024-01-01",
    "end_date": "2024-03-31",
    "fields_wanted": ["id", "username"],
}


def url(name, lab, *ids):
    return reverse(f"queries:{name}", args=[lab.pk, *ids])


@pytest.fixture
def as_paula(client, paula):
    client.force_login(paula)
    return client


def page_text(response):
    return " ".join(response.content.decode().split())


# Writing


def test_a_query_is_written_saved_run_and_followed(as_paula, lab):
    saved = as_paula.post(url("new", lab), SIMPLE)
    query = Query.objects.get()
    assert saved.url == url("query", lab, query.pk)
    assert query.definition == {
        "and": [
            {"operation": "IN", "field_name": "keyword", "field_values": ["bread"]},
            {"operation": "IN", "field_name": "region_code", "field_values": ["NL"]},
        ]
    }
    assert "2,350 records" in page_text(as_paula.get(saved.url))

    started = as_paula.post(url("submit", lab, query.pk))

    run = Run.objects.get()
    assert started.url == url("run", lab, run.pk)
    assert "Waits for a worker" in page_text(as_paula.get(started.url))


def test_the_form_says_which_days_the_data_hold_and_offers_the_last_of_them(as_paula, lab):
    response = as_paula.get(url("new", lab))

    assert "The corpus holds videos from 1 Jan 2024 to 2 Jan 2024." in page_text(response)
    assert 'value="2023-12-04"' in page_text(response)
    assert 'value="2024-01-02"' in page_text(response)


def test_without_data_the_form_offers_the_last_thirty_days(as_paula, lab, corpus):
    corpus.delete()

    response = as_paula.get(url("new", lab))

    assert "The corpus holds" not in page_text(response)
    assert f'value="{today()}"' in page_text(response)


def test_several_values_are_separated_by_commas(as_paula, lab):
    as_paula.post(url("new", lab), SIMPLE | {"keyword": " bread , cheese,"})

    assert Query.objects.get().definition["and"][0]["field_values"] == ["bread", "cheese"]


def test_json_wins_over_the_simple_fields(as_paula, lab):
    definition = {"not": [{"operation": "EQ", "field_name": "region_code", "field_values": ["FR"]}]}

    as_paula.post(url("new", lab), SIMPLE | {"definition": json.dumps(definition)})

    assert Query.objects.get().definition == definition


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"region": "Q1"}, "region", "two capital letters"),
        ({"keyword": "x" * 1_001}, "keyword", "at most 1000 characters"),
        ({"keyword": "", "region": ""}, "keyword", "at least one of these fields"),
        ({"end_date": "2023-01-01"}, "end_date", "not lie before the first day"),
        ({"definition": "{nonsense"}, "definition", "not valid JSON"),
        ({"definition": "[" * 100_000}, "definition", "not valid JSON"),
        ({"definition": "[1]"}, "definition", "must be an object"),
        (
            {"definition": '{"and": [{"field_name": "colour"}]}'},
            "definition",
            "query.and[0].field_name",
        ),
        ({"name": ""}, "name", "required"),
        ({"fields_wanted": []}, "fields_wanted", "required"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(
    as_paula, lab, changes, field, sentence
):
    response = as_paula.post(url("new", lab), SIMPLE | changes)

    assert sentence in " ".join(response.context["form"].errors[field])
    assert "Bread in the Netherlands" in page_text(response) or "name" in changes
    assert not Query.objects.exists()


def test_a_name_that_is_too_long_is_refused_whole(as_paula, lab):
    name = "long " * 21

    response = as_paula.post(url("new", lab), SIMPLE | {"name": name})

    assert "at most 100 characters" in " ".join(response.context["form"].errors["name"])
    assert name.strip() in page_text(response)
    assert "maxlength" not in page_text(response)


def test_the_estimate_works_without_javascript_and_keeps_the_form(as_paula, lab):
    response = as_paula.post(url("new", lab), SIMPLE | {"estimate": "1", "name": ""})

    text = page_text(response)
    assert "2,350 records" in text
    assert "24 requests" in text
    assert "Left today: 1,000 requests" in text
    assert 'value="bread"' in text
    assert not Query.objects.exists()


def test_htmx_gets_only_the_estimate(as_paula, lab):
    response = as_paula.post(
        url("new", lab), SIMPLE | {"estimate": "1"}, headers={"HX-Request": "true"}
    )

    text = page_text(response)
    assert "2,350 records" in text
    assert "<html" not in text


def test_htmx_gets_the_refusals_in_place_of_the_estimate(as_paula, lab):
    response = as_paula.post(
        url("new", lab),
        SIMPLE | {"estimate": "1", "region": "Q1"},
        headers={"HX-Request": "true"},
    )

    assert "two capital letters" in page_text(response)


def test_an_estimate_that_needs_more_days_says_when_it_ends(client, paula):
    small = make_organization(paula, name="Small lab", requests=10)
    client.force_login(paula)

    response = client.post(url("new", small), SIMPLE | {"estimate": "1"})

    assert "It needs 3 quota days" in page_text(response)


def test_a_corpus_without_data_is_told_in_a_sentence(as_paula, lab, corpus):
    corpus.delete()

    response = as_paula.post(url("new", lab), SIMPLE | {"estimate": "1"})

    assert "holds no data yet" in page_text(response)


# Deciding


def test_the_principal_approves_on_the_querys_page(as_paula, lab, paula, carl, carls_seat):
    set_query_rule(lab, rule=QueryRule.PRINCIPAL_APPROVES, by=paula)
    query = make_query(lab, carl)
    assert "Your decision" in page_text(as_paula.get(url("query", lab, query.pk)))

    as_paula.post(url("decide", lab, query.pk), {"approve": "1", "comment": ""})

    query.refresh_from_db()
    assert query.status == QueryStatus.APPROVED
    assert query.runs.count() == 1


def test_the_principal_refuses_only_with_a_comment(as_paula, lab, paula, carl, carls_seat):
    set_query_rule(lab, rule=QueryRule.PRINCIPAL_APPROVES, by=paula)
    query = make_query(lab, carl)

    bare = as_paula.post(url("decide", lab, query.pk), {"refuse": "1", "comment": ""})
    assert "Say why" in page_text(bare)
    as_paula.post(url("decide", lab, query.pk), {"refuse": "1", "comment": "Too wide."})

    page = as_paula.get(url("query", lab, query.pk))
    assert "Too wide." in page_text(page)
    assert "Not approved" in page_text(page)


def test_a_collaborator_sees_no_decision_form_and_cannot_decide(
    client, lab, paula, carl, carls_seat
):
    set_query_rule(lab, rule=QueryRule.PRINCIPAL_APPROVES, by=paula)
    query = make_query(lab, carl)
    client.force_login(carl)

    assert "Your decision" not in page_text(client.get(url("query", lab, query.pk)))
    assert client.post(url("decide", lab, query.pk), {"approve": "1"}).status_code == 403


def test_any_member_sees_and_repeats_the_queries_of_all(client, lab, paula, carl, carls_seat):
    query = make_query(lab, paula)
    client.force_login(carl)

    assert query.name in page_text(client.get(url("list", lab)))
    client.post(url("repeat", lab, query.pk))

    assert query.runs.filter(membership=carls_seat).count() == 1


# Running


def test_progress_asks_for_itself_only_while_the_run_is_unfinished(as_paula, lab, paula):
    run = make_run(lab, paula)
    part = {"headers": {"HX-Request": "true"}}

    unfinished = page_text(as_paula.get(url("run", lab, run.pk), **part))
    assert 'hx-trigger="every 2s"' in unfinished
    assert "<html" not in unfinished

    take_turns(run)
    finished = page_text(as_paula.get(url("run", lab, run.pk), **part))
    assert "hx-trigger" not in finished
    assert "24 of 24" in finished
    assert "2,350 of 2,350" in finished
    assert "Download CSV" in finished


def test_one_request_and_one_record_are_told_in_the_singular(as_paula, lab, paula):
    run = take_turns(make_run(lab, paula, video_id="7300000000000000000"))

    assert "1 request, 1 record<" in page_text(as_paula.get(url("run", lab, run.pk))).replace(
        " <", "<"
    )


def test_a_waiting_run_says_until_when(client, paula):
    small = make_organization(paula, name="Small lab", requests=10)
    run = take_turns(make_run(small, paula))
    client.force_login(paula)

    text = page_text(client.get(url("run", small, run.pk)))

    assert "00:00 UTC and then goes on by itself" in text
    assert "10 of 24" in text


def test_a_run_is_cancelled_on_its_page(as_paula, lab, paula):
    run = make_run(lab, paula)
    before = page_text(as_paula.get(url("run", lab, run.pk)))
    assert "stays charged, and the records fetched so far are deleted." in before

    as_paula.post(url("cancel", lab, run.pk))

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert "Cancel this run" not in page_text(as_paula.get(url("run", lab, run.pk)))


# Downloads


@pytest.fixture
def run(lab, paula):
    return take_turns(make_run(lab, paula, keyword="cheese"))


@pytest.mark.parametrize(
    ("kind", "suffix"), [("csv", ".csv"), ("json-lines", ".jsonl"), ("manifest", "-manifest.json")]
)
def test_a_result_is_downloaded_as_an_attachment_and_recorded(as_paula, lab, run, kind, suffix):
    response = as_paula.get(url("download", lab, run.pk, kind))

    body = b"".join(response) if response.streaming else response.content
    assert response["Content-Disposition"] == f'attachment; filename="carrel-{run.pk}{suffix}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert Entry.objects.get(event="result.downloaded").details == {"file": kind}
    if kind == "manifest":
        assert json.loads(body) == run.result.manifest
    else:
        path = run.result.csv_path if kind == "csv" else run.result.json_lines_path
        with default_storage.open(path) as file:
            assert body == file.read()
    response.close()


def test_there_is_no_other_file(as_paula, lab, run):
    assert as_paula.get(url("download", lab, run.pk, "exe")).status_code == 404


def test_an_unfinished_run_has_nothing_to_download(as_paula, lab, paula):
    run = make_run(lab, paula)

    assert as_paula.get(url("download", lab, run.pk, "csv")).status_code == 404


def test_reviewing_staff_see_the_run_but_not_its_data(client, lab, run, rita):
    client.force_login(rita)

    assert "Download CSV" not in page_text(client.get(url("run", lab, run.pk)))
    assert client.get(url("download", lab, run.pk, "csv")).status_code == 403
    assert not Entry.objects.filter(event="result.downloaded").exists()


def test_a_removed_member_downloads_nothing_at_the_next_request(
    client, lab, run, paula, carl, carls_seat
):
    client.force_login(carl)
    assert client.get(url("run", lab, run.pk)).status_code == 200

    remove_membership(carls_seat, by=paula)

    assert client.get(url("download", lab, run.pk, "csv")).status_code == 404


# Strangers


def test_of_a_foreign_lab_everything_is_absent(client, lab, run, olga, paula):
    addresses = [
        ("get", url("list", lab)),
        ("get", url("new", lab)),
        ("get", url("query", lab, run.query_id)),
        ("post", url("submit", lab, run.query_id)),
        ("post", url("decide", lab, run.query_id)),
        ("post", url("repeat", lab, run.query_id)),
        ("get", url("run", lab, run.pk)),
        ("post", url("cancel", lab, run.pk)),
        ("get", url("download", lab, run.pk, "csv")),
    ]
    client.force_login(olga)

    assert {getattr(client, verb)(path).status_code for verb, path in addresses} == {404}


def test_a_run_is_found_only_under_its_own_lab(as_paula, lab, run, paula):
    other = make_organization(paula, name="Second lab")

    assert as_paula.get(url("run", other, run.pk)).status_code == 404
    assert as_paula.get(url("query", other, run.query_id)).status_code == 404


def test_the_list_costs_as_many_statements_for_many_queries_as_for_few(
    as_paula, lab, paula, django_assert_max_num_queries
):
    for _number in range(8):
        make_run(lab, paula)

    with django_assert_max_num_queries(14):
        as_paula.get(url("list", lab))


def test_staff_who_look_at_a_query_are_on_record_and_members_are_not(client, lab, carl, rita):
    make_member(lab, carl)
    query = make_query(lab, carl, submit=False)
    for reader in (carl, rita):
        client.force_login(reader)
        client.get(f"/queries/{lab.pk}/{query.pk}/")

    viewed = Entry.objects.get(event="query.viewed")

    assert (viewed.actor_id, viewed.organization_id) == (rita.pk, lab.pk)

"""The sandbox: queries on invented data, for people without a lab."""

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.models import User
from audit.models import Entry
from corpus import actions as corpus_actions
from corpus import synthetic
from corpus.layout import corpus_folder
from corpus.models import Generation
from programmes.models import Programme
from queries.models import Query, Run, Search
from queries.sandbox import pace
from queries.sandbox.cost import cost_of
from quotas.models import Charge, QuotaDay
from tests.factories.people import make_user

ASKED = {
    "keyword": "climate",
    "region": "de, at",
    "start_date": "2024-01-01",
    "end_date": "2025-12-31",
    "fields_wanted": ["id", "username", "video_description", "hashtag_names"],
}
PAGE = "/queries/sandbox/"


@pytest.fixture(autouse=True)
def small_corpus(request, monkeypatch, settings, tmp_path):
    """A smaller one is as good, in a folder of the test's own unless it asks for that of a lab."""
    monkeypatch.setattr(synthetic, "VIDEOS", 2_000)
    if "lab" not in request.fixturenames:
        settings.CARREL_HOME = tmp_path / "home"
    yield
    cache.clear()


@pytest.fixture
def as_olga(client, olga):
    client.force_login(olga)
    return client


def page_text(response):
    return " ".join(response.content.decode().split())


def ask(client, **changes):
    """Send the form and follow it to the address of the question."""
    given = {name: value for name, value in (ASKED | changes).items() if value is not None}
    return client.post(PAGE, given, follow=True)


# --- The story --------------------------------------------------------------------------------


def test_an_applicant_without_a_lab_builds_a_query_and_takes_its_cost_along(as_olga):
    form = page_text(as_olga.get(PAGE))
    assert "All data here are invented." in form
    assert "from 1 Jan 2024 to 31 Dec 2025" in form
    assert 'value="2025-12-31"' in form

    response = ask(as_olga, records_expected="120050")

    answer = response.context["answer"]
    assert 0 < answer.found.records < 2_000
    assert (answer.expected.requests, answer.expected.days) == (1_201, 2)
    assert len(answer.sample) == 5
    assert all(list(record) == ASKED["fields_wanted"] for record in answer.sample)
    text = page_text(response)
    assert "120,050 records" in text
    assert "1,201 requests, 2 quota days" in text
    for record in answer.sample:
        assert record["username"] in text
    assert response.context["text"].splitlines() == [
        "Query, tried in the sandbox on invented data (Research data access)",
        "Days: 1 Jan 2024 to 31 Dec 2025, both included, UTC",
        'All of: keyword IN "climate"; region_code IN "DE", "AT"',
        "Fields: id, username, video_description, hashtag_names",
        "Records expected: 120,050 (our own estimate)",
        "Cost: 1,201 requests, 2 quota days at 1,000 requests and 100,000 records a day",
        f"Link: {response.context['link']}",
    ]


def test_the_link_shows_a_reviewer_the_same_answer(as_olga, client, rita, settings):
    mine = ask(as_olga, records_expected="7")
    link = mine.context["link"]
    assert link.startswith(f"{settings.PUBLIC_URL}{PAGE}?")

    client.force_login(rita)
    theirs = client.get(f"{PAGE}?{urlsplit(link).query}")

    assert theirs.context["text"] == mine.context["text"]
    assert theirs.context["answer"].sample == mine.context["answer"].sample
    assert 'value="climate"' in page_text(theirs)


def test_json_goes_into_the_link_in_its_shortest_form(as_olga):
    definition = {"not": [{"operation": "EQ", "field_name": "region_code", "field_values": ["US"]}]}

    response = ask(as_olga, definition=json.dumps(definition, indent=8))

    given = parse_qs(urlsplit(response.context["link"]).query)
    assert json.loads(given["definition"][0]) == definition
    assert " " not in given["definition"][0]
    assert "keyword" not in given
    assert 'None of: region_code EQ "US"' in response.context["text"]


def test_a_query_too_long_for_a_link_is_answered_without_one(as_olga):
    tags = [f"hashtag{number:04}" for number in range(400)]

    response = ask(as_olga, keyword="", hashtag=", ".join(["climate", *tags]))

    assert not response.redirect_chain
    assert response.context["answer"].found.records > 0
    assert "too long for a link" in page_text(response)
    assert '"hashtag0008" and 391 more' in response.context["text"]
    assert "Link:" not in response.context["text"]


def test_without_an_expectation_the_page_asks_for_one(as_olga):
    response = ask(as_olga)

    assert response.context["answer"].expected is None
    assert "Say below how many records you expect" in page_text(response)
    assert "Cost:" not in response.context["text"]


def test_a_query_that_finds_nothing_says_so_and_costs_its_request(as_olga):
    response = ask(as_olga, keyword="nobody ever said this")

    assert "No invented video fits the query." in page_text(response)
    assert response.context["answer"].found.requests == 1


def test_the_page_names_every_field_and_condition_there_is(as_olga):
    text = page_text(as_olga.get(PAGE))

    assert all(name in text for name in ("music_id", "video_length", "parent_comment_id"))


# --- Cost -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "requests", "days"),
    [
        (0, 1, 1),
        (1, 1, 1),
        (100, 1, 1),
        (101, 2, 1),
        (100_000, 1_000, 1),
        (100_001, 1_001, 2),
        (73_000_000, 730_000, 730),
    ],
)
def test_cost_follows_the_limits_of_the_programme(db, records, requests, days):
    cost = cost_of(records, Programme.objects.default())

    assert (cost.requests, cost.days, cost.is_longer_than_access) == (requests, days, False)


def test_the_scarcer_of_the_two_limits_decides():
    few_records = Programme(research_requests_limit=1_000, research_records_limit=500)
    few_requests = Programme(research_requests_limit=3, research_records_limit=100_000)

    assert cost_of(1_001, few_records).days == 3
    assert cost_of(1_001, few_requests).days == 4


def test_more_days_than_access_lasts_are_named(as_olga):
    response = ask(as_olga, records_expected="73000001")

    assert "longer than access lasts at most" in page_text(response)


def test_the_cost_is_computed_for_the_programme_chosen(as_olga):
    first = Programme.objects.default()
    Programme.objects.create(
        slug="small",
        name="Small programme",
        country_codes=["NL"],
        institution_kinds=["education"],
        research_requests_limit=1,
        research_records_limit=100,
    )
    Programme.objects.create(
        slug="hidden",
        name="Hidden programme",
        country_codes=["NL"],
        institution_kinds=["education"],
        is_public=False,
    )

    chosen = ask(as_olga, programme="small", records_expected="1000")

    assert chosen.context["answer"].expected.days == 10
    assert "(Small programme)" in chosen.context["text"]
    assert "Hidden programme" not in page_text(chosen)
    assert ask(as_olga, records_expected="1000").context["answer"].programme == first
    assert "valid choice" in page_text(ask(as_olga, programme="hidden"))


# --- Only invented data, and nothing written --------------------------------------------------


def test_a_labs_corpus_never_appears(as_olga, lab):
    assert Programme.objects.default().corpus == "main"

    theirs = ask(as_olga, keyword="", region="", username="baker1, baker2")
    everything = ask(as_olga, keyword="", region="nl,fr,us,gb,de")

    assert theirs.context["answer"].found.records == 0
    assert not any("baker" in record["username"] for record in everything.context["answer"].sample)
    assert everything.context["answer"].found.records < 2_000


def test_data_imported_under_the_sandboxs_name_close_it(as_olga, tmp_path):
    rows = tmp_path / "videos.jsonl"
    real = {"id": 7300000000000000001, "create_time": 1704499196, "username": "a_real_person"}
    rows.write_text(json.dumps(real | {"video_description": "climate"}))
    corpus_actions.import_table("videos", rows, corpus=synthetic.CORPUS)

    response = ask(as_olga, region="")

    assert response.status_code == 409
    assert "The sandbox is closed" in page_text(response)
    assert "a_real_person" not in page_text(response)


def test_nothing_is_charged_or_kept(as_olga):
    ask(as_olga, records_expected="5")
    entries = Entry.objects.count()

    ask(as_olga, keyword="vote")

    kept = [Query, Run, Search, Charge, QuotaDay]
    assert [model.objects.count() for model in kept] == [0] * len(kept)
    assert Entry.objects.count() == entries


def test_the_invented_corpus_is_made_once_at_the_first_question_and_always_the_same(as_olga):
    as_olga.get(PAGE)
    assert not Generation.objects.filter(corpus=synthetic.CORPUS).exists()

    first = ask(as_olga).context["answer"]
    ask(as_olga)
    made = Generation.objects.get(corpus=synthetic.CORPUS)
    made.delete()
    again = ask(as_olga).context["answer"]

    assert made.table_counts == {"videos": 2_000, "comments": 3_000, "users": 200}
    assert again == first


def test_a_corpus_whose_files_were_lost_is_made_again(as_olga):
    before = ask(as_olga).context["answer"]
    for folder in corpus_folder(synthetic.CORPUS).glob("0*"):
        folder.rename(folder.with_name("lost"))

    after = ask(as_olga).context["answer"]

    assert after == before
    assert Generation.objects.filter(corpus=synthetic.CORPUS).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_who_come_first_one_makes_the_corpus():
    def come(_number):
        try:
            return synthetic.engine().generation
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        found = set(people.map(come, range(4)))

    assert found == {Generation.objects.get(corpus=synthetic.CORPUS).name}


# --- Who, and how often -----------------------------------------------------------------------


def test_whoever_has_not_confirmed_an_address_waits(client, db):
    client.force_login(make_user("new@uva.nl", is_verified=False))

    response = client.get(PAGE)

    assert response.status_code == 403
    assert "Confirm your e-mail address" in page_text(response)


def test_nobody_asks_in_a_loop(as_olga, client, carl, monkeypatch):
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 2)
    moment = pace.now()
    monkeypatch.setattr(pace, "now", lambda: moment)
    address = ask(as_olga).request["QUERY_STRING"]
    as_olga.get(f"{PAGE}?{address}")

    refused = as_olga.get(f"{PAGE}?{address}")

    assert refused.status_code == 429
    assert "You have asked the sandbox 2 times within this minute." in page_text(refused)
    assert 'value="climate"' in page_text(refused)
    assert as_olga.get(PAGE).status_code == 200
    client.force_login(carl)
    assert client.get(f"{PAGE}?{address}").status_code == 200


# --- Refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"region": "Q1"}, "region", "two capital letters"),
        ({"keyword": "", "region": ""}, "keyword", "at least one of these fields"),
        ({"end_date": "2023-01-01"}, "end_date", "not lie before the first day"),
        ({"start_date": "yesterday"}, "start_date", "valid date"),
        ({"definition": "{nonsense"}, "definition", "not valid JSON"),
        ({"definition": '{"and": [{"field_name": "colour"}]}'}, "definition", "field_name"),
        ({"fields_wanted": None}, "fields_wanted", "required"),
        ({"fields_wanted": ["secret"]}, "fields_wanted", "not one of the available choices"),
        ({"records_expected": "-1"}, "records_expected", "greater than or equal to 0"),
        ({"records_expected": "many"}, "records_expected", "whole number"),
        ({"records_expected": "9" * 5_000}, "records_expected", "whole number"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_refusal_is_that_of_the_labs_builder_and_nothing_is_lost(
    as_olga, changes, field, sentence, method
):
    given = {name: value for name, value in (ASKED | changes).items() if value is not None}

    response = getattr(as_olga, method)(PAGE, given)

    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    assert 'value="2024-01-01"' in page_text(response) or "start_date" in changes
    assert "answer" not in response.context


ODD = [
    "<script>alert(1)</script>",
    "'; DROP TABLE videos; --",
    "%s %(name)s {0} {{ 7|add:7 }} {% now 'Y' %}",
    "\\' \\\" ` $(id) ${7*7}",
    "NaN",
    "\u202ereversed\u202c \ufeff\u200b",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
    "👩‍👩‍👧‍👧 ﷽ 田中さん",
    "\x01\x07\x1b\x7f\x85",
    "nul \x00 inside",
    "line\r\nbreak\ttab",
    "../../../../etc/passwd",
    "9" * 400,
    "a" * 1_000,
    "&lt;b&gt; &amp;amp; #?=%00%ff",
    '"\\ud800"',
    '{"and": [{"operation": "EQ", "field_name": "keyword", "field_values": ["\\u0000"]}]}',
    '{"and": [{"operation": "EQ", "field_name": "keyword", "field_values": ["\\ud800"]}]}',
    '{"and": [{"operation": "EQ", "field_name": "video_id", "field_values": ["1e400"]}]}',
    "[" * 5_000,
]
TEXT_FIELDS = ["keyword", "hashtag", "region", "username", "definition"]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_answered_or_refused_and_shown_back(as_olga, text):
    for field in TEXT_FIELDS:
        response = as_olga.get(PAGE, ASKED | {field: text})

        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
        form = response.context["form"]
        assert form.errors or response.context["answer"]
        assert form[field].value() == text


@pytest.mark.parametrize("text", ODD)
def test_odd_text_in_every_field_at_once_is_refused(as_olga, text):
    names = [*TEXT_FIELDS, "start_date", "fields_wanted", "records_expected", "programme"]

    response = as_olga.post(PAGE, dict.fromkeys(names, text))

    assert response.status_code == 200
    assert response.context["form"].errors
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("text", ODD)
def test_odd_text_passes_through_a_link_unchanged(as_olga, text):
    response = ask(as_olga, keyword=text)

    assert response.status_code == 200
    if response.redirect_chain and "," not in text:
        assert response.context["answer"].query.all_of[0].values == (text.strip(),)


def test_a_link_with_other_parameters_or_none_at_all_shows_the_form(as_olga):
    for address in ("", "utm_source=mail", "%00=%ff", "start_date", "definition=%ff%fe"):
        response = as_olga.get(f"{PAGE}?{address}")

        assert response.status_code == 200
        assert "answer" not in response.context


def test_an_operator_without_public_programmes_still_has_a_sandbox(as_olga):
    Programme.objects.update(is_public=False)

    assert ask(as_olga).context["answer"].programme == Programme.objects.default()


def test_people_are_found_by_their_account_alone(as_olga):
    """No lab, application or role is needed: the outsider of the cast has none of them."""
    olga = User.objects.get(email="olga@ethz.ch")

    assert not olga.memberships.exists()
    assert ask(as_olga).status_code == 200

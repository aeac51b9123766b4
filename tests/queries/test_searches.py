"""Frozen searches: bound to their lab and query, read in the same order at the same cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus import engines, language
from corpus.models import Generation
from queries import searches
from queries.models import Search, SearchChunk
from tests.factories.organizations import make_client, make_organization
from tests.factories.queries import BREAD_COUNT, make_run, take_turns


def parse(keyword="bread", start="20240101", end="20240131"):
    condition = {"operation": "EQ", "field_name": "keyword", "field_values": [keyword]}
    return language.parse({"and": [condition]}, start_date=start, end_date=end)


@pytest.fixture
def search(lab):
    return searches.open_search(organization=lab, query=parse())


def read_all(search):
    cursors = range(0, search.total_count, 100)
    pages = [searches.read_records(search, cursor=cursor, count=100) for cursor in cursors]
    return [record for page in pages for record in page]


def test_the_id_has_nineteen_digits_and_fits_sixty_three_bits(search):
    assert len(str(search.pk)) == 19
    assert search.pk < 2**63


def test_all_pages_together_are_the_whole_result_in_order_of_descending_id(search):
    ids = [record["id"] for record in read_all(search)]

    assert len(ids) == BREAD_COUNT == search.total_count
    assert ids == sorted(set(ids), reverse=True)


@pytest.mark.parametrize("cursor", [0, 1, 99, 950, 1_000, 2_249, 2_300, 2_349])
def test_a_page_may_begin_anywhere(search, cursor):
    whole = read_all(search)

    page = searches.read_records(search, cursor=cursor, count=100)

    assert page == whole[cursor : cursor + 100]
    assert len(page) == searches.records_at(search, cursor, 100)


@pytest.mark.parametrize("cursor", [2_350, 10_000, 2**62])
def test_beyond_the_end_there_is_nothing(search, cursor):
    assert searches.read_records(search, cursor=cursor, count=100) == []


def test_a_page_costs_one_statement_at_any_depth_once_its_block_is_read(search):
    read_all(search)

    for cursor in (0, 2_200):
        with CaptureQueriesContext(connection) as statements:
            searches.read_records(search, cursor=cursor, count=100)
        assert len(statements) == 1


def test_a_new_generation_does_not_move_an_open_search(search, corpus):
    first = searches.read_records(search, cursor=0, count=10)
    corpus.is_current = False
    corpus.save()
    Generation.objects.create(
        corpus="main", number=99, is_current=True, published_at=corpus.published_at
    )

    SearchChunk.objects.all().delete()

    assert searches.read_records(search, cursor=0, count=10) == first


def test_a_search_without_its_files_says_so(search):
    Search.objects.update(generation="000077")
    search.refresh_from_db()

    with pytest.raises(engines.GenerationGone, match="Run the query again"):
        searches.read_records(search, cursor=0, count=10)


def test_a_search_is_found_again_by_one_statement(search, lab):
    query = parse()

    with CaptureQueriesContext(connection) as statements:
        found = searches.find_search(search_id=search.pk, organization_id=lab.pk, query=query)

    assert found == search
    assert len(statements) == 1


@pytest.mark.parametrize("search_id", [0, 1, -5, 2**63 - 1, 2**63, 10**30])
def test_an_absent_id_is_unknown(lab, search, search_id):
    with pytest.raises(searches.SearchUnknown):
        searches.find_search(search_id=search_id, organization_id=lab.pk, query=parse())


@pytest.mark.parametrize("search_id", [0, -5, 2**63, 10**30])
def test_a_number_that_no_search_can_have_is_not_even_looked_up(lab, search, search_id):
    with CaptureQueriesContext(connection) as statements, pytest.raises(searches.SearchUnknown):
        searches.find_search(search_id=search_id, organization_id=lab.pk, query=parse())

    assert len(statements) == 0


@pytest.mark.parametrize(
    "query",
    [parse("cheese"), parse(end="20240130"), parse(start="20240102")],
    ids=["another keyword", "another end", "another start"],
)
def test_an_id_of_another_query_or_other_dates_is_unknown(lab, search, query):
    with pytest.raises(searches.SearchUnknown):
        searches.find_search(search_id=search.pk, organization_id=lab.pk, query=query)


def test_an_id_of_another_lab_is_unknown(search, carl):
    other = make_organization(carl, name="Other lab")

    with pytest.raises(searches.SearchUnknown):
        searches.find_search(search_id=search.pk, organization_id=other.pk, query=parse())


def test_a_search_expires_after_a_day(search, lab, move_clock):
    move_clock(dt.timedelta(hours=23, minutes=59))
    assert searches.find_search(search_id=search.pk, organization_id=lab.pk, query=parse())

    move_clock(dt.timedelta(hours=24, minutes=1))
    with pytest.raises(searches.SearchUnknown):
        searches.find_search(search_id=search.pk, organization_id=lab.pk, query=parse())


def test_a_cursor_alone_continues_the_newest_search_of_the_client(lab):
    client, _secret = make_client(lab.principal)
    searches.open_search(organization=lab, client=client, query=parse())
    newest = searches.open_search(organization=lab, client=client, query=parse())
    searches.open_search(organization=lab, client=client, query=parse("cheese"))
    searches.open_search(organization=lab, client=client, query=parse(), is_random=True)
    searches.open_search(organization=lab, query=parse())

    assert searches.newest_search(client=client, query=parse()) == newest
    assert searches.newest_search(client=client, query=parse("wine")) is None


def test_a_random_search_is_a_sample_that_stays_the_same(lab):
    search = searches.open_search(organization=lab, query=parse(), is_random=True, count=30)

    records = searches.read_records(search, cursor=0, count=100)

    ids = [record["id"] for record in records]
    assert len(set(ids)) == search.total_count == 30
    assert ids != sorted(ids, reverse=True)
    assert searches.read_records(search, cursor=0, count=100) == records


def test_a_random_search_holds_at_most_a_hundred(lab):
    search = searches.open_search(organization=lab, query=parse(), is_random=True, count=5_000)

    assert search.total_count == 100


def test_a_query_that_finds_nothing_is_an_empty_search(lab):
    search = searches.open_search(organization=lab, query=parse("nowhere to be found"))

    assert search.total_count == 0
    assert searches.read_records(search, cursor=0, count=100) == []


def test_expired_searches_are_forgotten_with_their_chunks(search, move_clock):
    read_all(search)
    assert searches.forget_searches() == 0

    move_clock(dt.timedelta(hours=25))

    assert searches.forget_searches() == 1
    assert not Search.objects.exists()
    assert not SearchChunk.objects.exists()


def test_a_search_stays_while_an_unfinished_run_reads_it(paula, move_clock):
    small = make_organization(paula, name="Small lab", requests=3)
    run = take_turns(make_run(small, paula))
    move_clock(dt.timedelta(hours=25))

    assert searches.forget_searches() == 0

    for day in range(2, 12):
        move_clock(dt.timedelta(days=day))
        take_turns(run)
    assert run.status == "SUCCEEDED"
    move_clock(dt.timedelta(days=20))
    assert searches.forget_searches() == 1

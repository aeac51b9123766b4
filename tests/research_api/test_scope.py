"""On the wire: what a lab was not approved for is refused in the wire's shape and costs nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.scope import parse_scope
from quotas.models import Charge
from tests.factories.organizations import change_scope, make_organization
from tests.research_api.conftest import CATS, Script, condition

US_CATS = {**CATS, "query": {"and": [*CATS["query"]["and"], condition("region_code", "EQ", "US")]}}


@pytest.fixture
def approved(client, paula, corpus):
    """A script of a lab that was approved for this scope."""

    def make_script(**scope):
        return Script(client, make_organization(paula, scope=scope).principal)

    return make_script


def test_a_request_inside_the_scope_is_answered(approved):
    script = approved(regions=["US"], fields={"videos": ["id", "video_description"]})

    answer = script.ask(US_CATS, fields="id,video_description")

    assert answer.status == 200
    assert set(answer.data["videos"][0]) == {"id", "video_description"}


@pytest.mark.parametrize(
    ("scope", "body", "fields", "sentence"),
    [
        (
            {"fields": {"videos": ["id", "video_description"]}},
            CATS,
            "id,like_count",
            "fields: your lab is not approved for the field like_count; "
            "it is approved for id, video_description.",
        ),
        (
            {"regions": ["US"]},
            CATS,
            "id",
            "query: your lab is approved for some regions only; "
            "add a condition that region_code is one or more of US.",
        ),
        (
            {"regions": ["NL"]},
            US_CATS,
            "id",
            "query.and[1].field_values: your lab is not approved for the region US; "
            "it is approved for NL.",
        ),
        (
            {"first_day": "2024-01-02"},
            CATS,
            "id",
            "start_date: your lab is approved for data from 2024-01-02 on; "
            "begin on that day or later.",
        ),
        (
            {"last_day": "2024-01-30"},
            CATS,
            "id",
            "end_date: your lab is approved for data up to 2024-01-30; end on that day or earlier.",
        ),
    ],
)
def test_what_is_outside_the_scope_is_refused_by_name_before_any_charge(
    approved, scope, body, fields, sentence
):
    answer = approved(**scope).ask(body, fields=fields)

    assert answer.status == 400
    assert answer.data == {}
    assert answer.error["code"] == "scope_permission_missed"
    assert answer.error["message"] == sentence
    assert answer.error["log_id"]
    assert not Charge.objects.exists()


def test_a_kind_of_data_that_is_not_approved_is_not_authorized(approved):
    answer = approved(tables=["users"]).ask(CATS)

    assert answer.status == 401
    assert answer.error["code"] == "scope_not_authorized"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert not Charge.objects.exists()


def test_a_search_that_was_open_is_refused_at_its_next_page(script, lab):
    first = script.ask(CATS)
    change_scope(lab, {"regions": ["NL"]})

    position = {name: first.data[name] for name in ("cursor", "search_id")}
    second = script.ask(CATS | position)

    assert second.error["code"] == "scope_permission_missed"
    assert Charge.objects.count() == 1


def test_a_refusal_costs_one_select(approved, django_assert_num_queries):
    script = approved(regions=["NL"])

    with django_assert_num_queries(1):
        script.ask(CATS)


def test_a_scope_costs_the_request_no_further_query(script):
    scope = parse_scope({"regions": ["US"]})
    lab = script.client.membership.organization
    body = US_CATS | {"max_count": 10}

    def count_queries():

        with CaptureQueriesContext(connection) as queries:
            assert script.ask(body).status == 200
        return len(queries)

    script.ask(body)
    before = count_queries()
    lab.keep_scope(scope)
    lab.save()

    assert count_queries() == before

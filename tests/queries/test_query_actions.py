"""What members do with queries: write, submit, decide, repeat, cancel; and who may."""

import pytest

from audit.models import Entry
from audit.status import MoveRefused
from corpus.language import InvalidQuery
from lib.errors import NotAllowed, Refused
from lib.time import now
from organizations.actions import remove_membership, set_query_rule
from organizations.models import Organization, QueryRule
from outbox.models import Message
from queries import actions
from queries.states import UNFINISHED, QueryStatus, RunStatus
from tests.factories.queries import make_query, make_run, take_turns

BREAD = {"and": [{"operation": "EQ", "field_name": "keyword", "field_values": ["bread"]}]}


def write(lab, by, **changes):
    given = {
        "name": "Bread",
        "definition": BREAD,
        "start_date": "20240101",
        "end_date": "20241231",
        "fields": ["id", "username"],
    }
    return actions.write_query(lab, by=by, **(given | changes))


@pytest.fixture
def cautious_lab(lab, paula, carls_seat):
    """Paula approves each query of Carl's."""
    set_query_rule(lab, rule=QueryRule.PRINCIPAL_APPROVES, by=paula)
    return lab


# Writing


def test_a_written_query_is_a_draft_and_may_span_more_than_thirty_days(lab, paula):
    query = write(lab, paula)

    assert query.status == QueryStatus.DRAFT
    assert query.membership.user == paula
    assert not query.runs.exists()


def test_the_grammar_refuses_with_the_place(lab, paula):
    wrong = {"and": [{"operation": "EQ", "field_name": "colour", "field_values": ["red"]}]}

    with pytest.raises(InvalidQuery, match=r"query\.and\[0\]\.field_name"):
        write(lab, paula, definition=wrong)


@pytest.mark.parametrize("fields", [[], ["id", "colour"]])
def test_fields_that_do_not_exist_are_refused(lab, paula, fields):
    with pytest.raises(Refused):
        write(lab, paula, fields=fields)


def test_a_field_asked_for_twice_is_returned_once(lab, paula):
    assert write(lab, paula, fields=["id", "username", "id"]).fields == ["id", "username"]


def test_an_outsider_writes_no_query(lab, olga):
    with pytest.raises(NotAllowed):
        write(lab, olga)


def test_nobody_queries_in_a_lab_whose_access_is_over(lab, paula):
    Organization.objects.update(ends_at=now())

    with pytest.raises(NotAllowed, match="no access now"):
        write(lab, paula)


# Submitting


def test_where_members_queries_run_at_once_a_submitted_query_runs(lab, carl, carls_seat):
    query = make_query(lab, carl)

    assert query.status == QueryStatus.APPROVED
    assert query.runs.get().status == RunStatus.QUEUED


def test_where_the_principal_approves_they_are_asked(cautious_lab, carl, paula):
    query = make_query(cautious_lab, carl)

    assert query.status == QueryStatus.AWAITING_APPROVAL
    assert not query.runs.exists()
    assert Message.objects.get(kind="query_awaits_approval").to == paula.email


def test_the_principals_own_query_needs_no_second_look(cautious_lab, paula):
    assert make_query(cautious_lab, paula).status == QueryStatus.APPROVED


def test_only_its_author_submits_a_query(lab, paula, carl, carls_seat):
    query = make_query(lab, carl, submit=False)

    with pytest.raises(NotAllowed):
        actions.submit_query(query, by=paula)


def test_a_query_is_submitted_once(lab, paula):
    query = make_query(lab, paula)

    with pytest.raises(MoveRefused):
        actions.submit_query(query, by=paula)


# Deciding


def test_an_approved_query_runs_in_its_authors_name(cautious_lab, paula, carl):
    query = make_query(cautious_lab, carl)

    actions.approve_query(query, by=paula, comment="Fine.")

    assert query.runs.get().membership.user == carl
    assert Message.objects.get(kind="query_decided").to == carl.email
    assert Entry.objects.filter(event="query.approved", actor_id=paula.pk).exists()


def test_a_refused_query_does_not_run_and_its_author_reads_why(cautious_lab, paula, carl):
    query = make_query(cautious_lab, carl)

    actions.refuse_query(query, by=paula, comment="Too wide.")

    assert query.status == QueryStatus.REFUSED
    assert not query.runs.exists()
    assert "Too wide." in Message.objects.get(kind="query_decided").body


def test_a_refusal_needs_a_reason(cautious_lab, paula, carl):
    query = make_query(cautious_lab, carl)

    with pytest.raises(Refused, match="Say why"):
        actions.refuse_query(query, by=paula, comment="  ")


def test_nobody_but_the_principal_decides(cautious_lab, carl, rita, olga):
    query = make_query(cautious_lab, carl)

    for person in (carl, rita, olga):
        with pytest.raises(NotAllowed):
            actions.approve_query(query, by=person)


def test_the_query_of_somebody_who_left_cannot_be_approved(cautious_lab, paula, carl, carls_seat):
    query = make_query(cautious_lab, carl)
    remove_membership(carls_seat, by=paula)

    with pytest.raises(Refused, match="no longer a member"):
        actions.approve_query(query, by=paula)

    query.refresh_from_db()
    assert query.status == QueryStatus.AWAITING_APPROVAL


# Repeating


def test_any_member_repeats_an_approved_query_in_their_own_name(lab, paula, carl, carls_seat):
    query = make_query(lab, paula)

    run = actions.repeat_query(query, by=carl)

    assert run.membership == carls_seat
    assert query.runs.count() == 2


def test_a_query_that_is_not_approved_cannot_be_repeated(cautious_lab, carl):
    query = make_query(cautious_lab, carl)

    with pytest.raises(Refused, match="approved"):
        actions.repeat_query(query, by=carl)


def test_a_second_click_on_repeat_starts_no_second_run(lab, paula, carl, carls_seat):
    query = make_query(lab, paula)
    first = actions.repeat_query(query, by=carl)

    with pytest.raises(Refused, match="under way"):
        actions.repeat_query(query, by=carl)
    assert query.runs.filter(membership=carls_seat).count() == 1

    actions.cancel_run(first, by=carl)
    assert actions.repeat_query(query, by=carl) != first


def test_an_outsider_repeats_nothing(lab, paula, olga):
    with pytest.raises(NotAllowed):
        actions.repeat_query(make_query(lab, paula), by=olga)


# Cancelling: every status and every role


def in_status(lab, by, status):
    run = make_run(lab, by, keyword="cheese")
    if status == RunStatus.SUCCEEDED:
        return take_turns(run)
    type(run).objects.filter(pk=run.pk).update(**{"status": status})
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("status", RunStatus)
@pytest.mark.parametrize("who", ["starter", "principal", "member", "reviewer", "outsider"])
def test_a_run_is_cancelled_by_its_starter_or_the_principal_while_unfinished(
    lab, paula, carl, carls_seat, rita, olga, status, who
):
    run = in_status(lab, carl, status)
    starter_of_another = {"starter": carl, "principal": paula, "reviewer": rita, "outsider": olga}
    if who == "member":
        run = in_status(lab, paula, status)
    by = starter_of_another.get(who, carl)

    if who not in ("starter", "principal"):
        with pytest.raises(NotAllowed):
            actions.cancel_run(run, by=by)
    elif status in UNFINISHED:
        assert actions.cancel_run(run, by=by).status == RunStatus.CANCELLED
    else:
        with pytest.raises(MoveRefused):
            actions.cancel_run(run, by=by)


def test_every_download_is_recorded_and_only_members_may(lab, paula, carl, carls_seat, rita):
    result = take_turns(make_run(lab, paula, keyword="cheese")).result

    actions.note_download(result, by=carl, kind="csv")

    entry = Entry.objects.get(event="result.downloaded")
    assert (entry.actor_id, entry.details) == (carl.pk, {"file": "csv"})
    with pytest.raises(NotAllowed):
        actions.note_download(result, by=rita, kind="csv")

"""Runs: page by page on the ledger, on leases, to exactly one end."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Entry
from lib.ids import uuid7
from lib.time import next_midnight, now, today
from organizations.actions import remove_membership
from outbox.models import Message
from queries import actions, tasks
from queries.models import Page, Run, Search, SearchChunk
from queries.runs import page as page_module
from queries.runs import sweep, turn
from queries.runs.lease import LEASE, LeaseLost, RunEnded, claim_run, lock_held_run
from queries.searches import read_records
from queries.states import RunStatus
from quotas.actions import reserve
from quotas.checks import ledger_matches
from quotas.models import Charge, ChargeState
from quotas.refusals import ChargeGone
from tests.factories.organizations import make_organization
from tests.factories.queries import BREAD_COUNT, fetch_pages, make_run, take_turns


def charged(lab):
    settled = Charge.objects.filter(organization=lab, state=ChargeState.SETTLED)
    return settled.count(), settled.aggregate(sum=Sum("records"))["sum"] or 0


def assert_sound(run):
    """Pages are contiguous, each charged once, and the ledger agrees with everything."""
    pages = list(run.pages.order_by("number"))
    assert [page.number for page in pages] == list(range(len(pages)))
    reached = 0
    for page in pages:
        assert page.cursor == reached
        reached += page.record_count
    assert (run.cursor, run.record_count, run.page_count) == (reached, reached, len(pages))
    charges = Charge.objects.filter(key__startswith=f"run:{run.pk}:", state=ChargeState.SETTLED)
    assert {charge.pk: charge.records for charge in charges} == {
        page.charge_id: page.record_count for page in pages
    }
    assert ledger_matches(run.organization) == []


# To the end


def test_a_run_comes_to_its_end_and_each_page_is_charged_once(lab, paula):
    run = take_turns(make_run(lab, paula))

    assert run.status == RunStatus.SUCCEEDED
    assert (run.page_count, run.record_count) == (24, BREAD_COUNT)
    assert charged(lab) == (24, BREAD_COUNT)
    assert_sound(run)


def test_a_query_that_finds_nothing_costs_one_request_and_has_an_empty_result(lab, paula):
    run = take_turns(make_run(lab, paula, keyword="nowhere to be found"))

    assert run.status == RunStatus.SUCCEEDED
    assert charged(lab) == (1, 0)
    assert run.result.record_count == 0
    assert_sound(run)


def test_whoever_started_the_run_is_told_that_the_result_is_there(lab, paula):
    run = take_turns(make_run(lab, paula))

    message = Message.objects.get(kind="run_succeeded")
    assert message.to == paula.email
    assert f"/run/{run.pk}/" in message.body
    assert "2350 records" in message.body


def test_the_log_tells_the_whole_life_of_a_run(lab, paula):
    run = take_turns(make_run(lab, paula))

    events = Entry.objects.filter(subject_id=str(run.pk)).order_by("id")
    assert [entry.event for entry in events] == ["run.queued", "run.started", "run.succeeded"]


def test_a_turn_ends_after_some_pages_so_that_others_have_theirs(lab, paula, carl, carls_seat):
    pauls, carls = make_run(lab, paula), make_run(lab, carl)

    for run in (pauls, carls):
        turn.take_turn(run.pk, worker="one", seconds=60)
        run.refresh_from_db()

    assert pauls.page_count == carls.page_count == turn.PAGES_A_TURN
    assert pauls.status == RunStatus.RUNNING
    assert pauls.claimed_by == ""


def test_a_turn_ends_when_its_time_is_over(lab, paula):
    run = make_run(lab, paula)

    turn.take_turn(run.pk, worker="one", seconds=0)

    run.refresh_from_db()
    assert run.page_count == 0
    assert Run.objects.due().get() == run


# Quota


def test_a_run_waits_for_the_next_day_and_goes_on_by_itself(paula, move_clock):
    lab = make_organization(paula, name="Small lab", requests=10)
    first_day = today()

    run = take_turns(make_run(lab, paula))

    assert run.status == RunStatus.WAITING_FOR_QUOTA
    assert run.page_count == 10
    assert run.not_before == next_midnight(now())
    assert run not in Run.objects.due()
    for days in (1, 2):
        move_clock(dt.timedelta(days=days))
        assert run in Run.objects.due()
        run = take_turns(run)
    assert run.status == RunStatus.SUCCEEDED
    days = lab.quota_days.order_by("day").values_list("day", "requests_used", "records_used")
    one = dt.timedelta(days=1)
    assert list(days) == [
        (first_day, 10, 1_000),
        (first_day + one, 10, 1_000),
        (first_day + 2 * one, 4, 350),
    ]
    assert_sound(run)


def test_a_page_is_cut_to_the_records_that_are_left_and_continued_where_it_was_cut(
    paula, move_clock
):
    lab = make_organization(paula, name="Small lab", records=1_550)

    run = take_turns(make_run(lab, paula))

    assert run.status == RunStatus.WAITING_FOR_QUOTA
    assert run.pages.last().record_count == 50
    assert run.cursor == 1_550
    move_clock(dt.timedelta(days=1))
    run = take_turns(run)
    assert run.status == RunStatus.SUCCEEDED
    assert run.record_count == BREAD_COUNT
    assert_sound(run)


def test_a_run_that_only_reservations_stand_before_waits_a_few_seconds(paula, move_clock):
    lab = make_organization(paula, name="Small lab", requests=1)
    reserve(membership_id=lab.principal.pk, endpoint="video/query", records=1, key="another")
    run = make_run(lab, paula)

    take_turns(run)

    assert run.status == RunStatus.RUNNING
    assert now() < run.not_before < now() + dt.timedelta(seconds=10)
    assert run.claimed_by == ""


# Leases


def test_a_run_is_claimed_by_one_worker_only(lab, paula):
    run = make_run(lab, paula)

    assert claim_run(run.pk, worker="one").attempt == 1
    assert claim_run(run.pk, worker="two") is None


def test_after_its_lease_the_run_of_a_dead_worker_is_taken_over(lab, paula, move_clock):
    run = make_run(lab, paula)
    fetch_pages(run, 3)

    move_clock(LEASE + dt.timedelta(seconds=1))
    run = take_turns(run)

    assert run.status == RunStatus.SUCCEEDED
    assert_sound(run)


def test_the_charge_of_a_page_that_a_dead_worker_reserved_is_taken_over(lab, paula, move_clock):
    run = make_run(lab, paula)
    held = fetch_pages(run, 3)
    orphan = reserve(
        membership_id=held.membership_id,
        endpoint="video/query",
        records=100,
        key=f"run:{run.pk}:3",
    )

    move_clock(LEASE + dt.timedelta(seconds=1))
    run = take_turns(run)

    assert run.pages.get(number=3).charge_id == orphan.charge_id
    assert charged(lab) == (24, BREAD_COUNT)
    assert_sound(run)


def test_the_page_of_an_older_attempt_is_refused(lab, paula, move_clock):
    run = make_run(lab, paula)
    zombie = fetch_pages(run, 3)
    reservation = reserve(
        membership_id=run.membership_id,
        endpoint="video/query",
        records=100,
        key=f"run:{run.pk}:3",
    )
    records = read_records(zombie.search, cursor=300, count=100)
    move_clock(LEASE + dt.timedelta(seconds=1))
    fetch_pages(run, 2, worker="newer")

    with pytest.raises(LeaseLost):
        page_module.store_page(zombie, reservation, records)

    assert Page.objects.filter(run=run).count() == 5
    run = take_turns_after_lease(run, move_clock)
    assert run.status == RunStatus.SUCCEEDED
    assert charged(lab) == (24, BREAD_COUNT)
    assert_sound(run)


def test_an_older_attempt_cannot_begin_a_page_that_a_newer_one_has_stored(lab, paula, move_clock):
    run = make_run(lab, paula)
    zombie = fetch_pages(run, 1)
    move_clock(LEASE + dt.timedelta(seconds=1))
    fetch_pages(run, 1, worker="newer")

    with pytest.raises(ChargeGone):
        page_module.fetch_page(zombie, zombie.search)

    run = take_turns_after_lease(run, move_clock)
    assert charged(lab) == (24, BREAD_COUNT)
    assert_sound(run)


def take_turns_after_lease(run, move_clock):
    move_clock(2 * LEASE + dt.timedelta(seconds=5))
    return take_turns(run)


@pytest.mark.parametrize("ending", ["give_back", "wait", "fail", "finish"])
def test_no_ending_of_an_older_attempt_is_written(lab, paula, move_clock, ending):
    run = make_run(lab, paula)
    zombie = fetch_pages(run, 1)
    move_clock(LEASE + dt.timedelta(seconds=1))
    newer = claim_run(run.pk, worker="newer")

    with pytest.raises(LeaseLost):
        {
            "give_back": lambda: turn.give_back(zombie),
            "wait": lambda: turn.wait_for_quota(zombie, until=now()),
            "fail": lambda: turn.fail_run(zombie, sentence="Late."),
            "finish": lambda: turn.finish_run(zombie),
        }[ending]()

    with transaction.atomic():
        lock_held_run(newer)


def test_a_run_that_kills_its_workers_is_given_up(lab, paula, move_clock):
    run = make_run(lab, paula)
    for death in range(1, 6):
        assert claim_run(run.pk, worker="dies") is not None
        move_clock(death * (LEASE + dt.timedelta(seconds=1)))

    run = take_turns(run)

    assert run.status == RunStatus.FAILED
    assert "several times" in run.problem
    assert Message.objects.filter(kind="run_failed", to=paula.email).exists()


# Endings that somebody else brings about


def test_a_cancelled_run_stores_and_charges_nothing_more(lab, paula):
    run = make_run(lab, paula)
    held = fetch_pages(run, 2)
    actions.cancel_run(run, by=paula)

    with pytest.raises(RunEnded):
        page_module.fetch_page(held, held.search)

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert run.finished_at is not None
    assert charged(lab) == (2, 200)
    assert lab.quota_days.get().requests_reserved == 0
    assert_sound(run)


def test_a_removed_members_run_ends_at_its_next_page(lab, paula, carl, carls_seat):
    run = make_run(lab, carl)
    turn.take_turn(run.pk, worker="one", seconds=60)
    remove_membership(carls_seat, by=paula)

    run = take_turns(run)

    assert run.status == RunStatus.CANCELLED
    assert run.page_count == turn.PAGES_A_TURN
    assert "no access" in run.problem
    assert_sound(run)


def test_the_sweep_cancels_waiting_runs_of_people_without_access(lab, paula, carl, carls_seat):
    carls, paulas = make_run(lab, carl), make_run(lab, paula)
    remove_membership(carls_seat, by=paula)

    assert sweep.end_runs_without_access() == 1

    carls.refresh_from_db()
    paulas.refresh_from_db()
    assert (carls.status, paulas.status) == (RunStatus.CANCELLED, RunStatus.QUEUED)
    assert "has ended" in carls.problem


def test_the_sweep_cancels_runs_of_a_deactivated_account(lab, paula):
    run = make_run(lab, paula)
    User.objects.filter(pk=paula.pk).update(is_active=False)

    sweep.end_runs_without_access()

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


def test_the_sweep_cancels_runs_of_a_lab_whose_time_is_over(lab, paula, move_clock):
    run = make_run(lab, paula)

    move_clock(dt.timedelta(days=400))
    sweep.end_runs_without_access()

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


# Faults


def test_a_run_whose_data_are_gone_fails_with_a_sentence(lab, paula):
    run = make_run(lab, paula)
    fetch_pages(run, 1)
    SearchChunk.objects.all().delete()
    Search.objects.update(generation="000077")
    Run.objects.update(lease_until=now(), claimed_by="")

    run = take_turns(run)

    assert run.status == RunStatus.FAILED
    assert "no longer kept" in run.problem
    assert charged(lab) == (1, 100)
    assert_sound(run)


def test_a_corpus_without_data_fails_the_run_with_a_sentence(lab, paula, corpus):
    run = make_run(lab, paula)
    corpus.delete()

    run = take_turns(run)

    assert run.status == RunStatus.FAILED
    assert "holds no data" in run.problem
    assert charged(lab) == (0, 0)


def test_an_unforeseen_fault_is_tried_again_later_and_given_up_at_last(lab, paula, move_clock):
    run = make_run(lab, paula)
    fetch_pages(run, 1)
    # A chunk that no reader can make sense of stands for any bug.
    SearchChunk.objects.update(records=b"[{")
    Run.objects.update(lease_until=now(), claimed_by="")

    for hours in range(1, 7):
        run = take_turns(run)
        move_clock(dt.timedelta(hours=hours))

    assert run.status == RunStatus.FAILED
    assert run.failure_count == 5
    assert charged(lab) == (1, 100)
    assert_sound(run)


# The sweep


def test_the_sweep_nudges_due_runs_once_and_again_when_nobody_answers(lab, paula, move_clock):
    make_run(lab, paula)

    assert sweep.dispatch_due_runs() == 1
    assert sweep.dispatch_due_runs() == 0

    move_clock(dt.timedelta(seconds=20))
    assert sweep.dispatch_due_runs() == 1


def test_the_sweep_leaves_out_what_is_held_waits_or_is_finished(lab, paula, move_clock):
    held, waiting, finished = (make_run(lab, paula) for _number in range(3))
    claim_run(held.pk, worker="one")
    Run.objects.filter(pk=waiting.pk).update(not_before=now() + dt.timedelta(hours=1))
    actions.cancel_run(finished, by=paula)

    assert sweep.dispatch_due_runs() == 0

    move_clock(dt.timedelta(hours=2))
    assert sweep.dispatch_due_runs() == 2


def test_the_sweep_takes_at_most_so_many_those_first_that_have_waited_longest(lab, paula):
    oldest = make_run(lab, paula)
    make_run(lab, paula)
    Run.objects.filter(pk=oldest.pk).update(lease_until=now() - dt.timedelta(hours=1))

    assert sweep.dispatch_due_runs(at_most=1) == 1

    assert Run.objects.get(nudged_at__isnull=False) == oldest


def test_a_sweep_of_many_runs_takes_as_many_statements_as_one_of_few(lab, paula):
    make_run(lab, paula)
    with CaptureQueriesContext(connection) as of_one:
        assert sweep.dispatch_due_runs() == 1

    for _number in range(20):
        make_run(lab, paula)
    with CaptureQueriesContext(connection) as of_many:
        assert sweep.dispatch_due_runs() == 20

    assert len(of_many) == len(of_one)


def test_tasks_pass_over_what_a_newer_sender_tells_them(lab, paula):
    run = make_run(lab, paula, keyword="cheese")

    tasks.advance_run(run_id=str(run.pk), unknown=1)
    tasks.dispatch_due_runs(unknown=1)
    tasks.end_runs_without_access(unknown=1)
    tasks.forget_searches(unknown=1)

    run.refresh_from_db()
    assert run.status == RunStatus.SUCCEEDED


def test_a_message_about_a_run_that_is_gone_or_done_does_nothing(lab, paula):
    run = take_turns(make_run(lab, paula, keyword="cheese"))

    tasks.advance_run(run_id=str(run.pk))
    tasks.advance_run(run_id=str(uuid7()))

    run.refresh_from_db()
    assert run.attempt == 1

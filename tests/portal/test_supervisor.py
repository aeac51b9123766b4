"""`make run` and `with-servers` for real: in a home of their own, on a free port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from portal.supervisor import orphans, places

CLONE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home():
    """One home for all tests of this file, as one machine has: each start finds it as left."""
    folder = Path(tempfile.mkdtemp(prefix="carrel-home-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def started():
    """Every start of this file; none outlives it."""
    portals = []
    yield portals
    for one in portals:
        one.stop()


@pytest.fixture
def running(started, home):
    """A portal that says it is ready: the one of the test before, if that left it running."""
    if not started or not started[-1].is_running:
        started.append(Portal(home))
        started[-1].wait_until_ready()
    return started[-1]


@pytest.fixture
def quiet_home(started, home):
    """The home while nothing runs on it."""
    for one in started:
        one.stop()
    return home


class Portal:
    """A `make run` in a process of its own, without its installation."""

    def __init__(self, home, **environment):
        self.port = int(environment.get("PORT", 0)) or free_port()
        self.home = home
        self.lines = []
        self.process = subprocess.Popen(
            supervisor("run"),
            env=environment_for(home, **{"PORT": str(self.port), "DEMO": "0", **environment}),
            cwd=CLONE,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def wait_until_ready(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("ready:"):
                return
        raise AssertionError("\n".join(self.lines))

    def stop(self):
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        return self.wait_until_ended()

    def wait_until_ended(self):
        if not self.process.stdout.closed:
            self.lines += self.process.stdout.read().splitlines()
            self.process.stdout.close()
        return self.process.wait(timeout=90)

    @property
    def is_running(self):
        return self.process.poll() is None

    def processes(self):
        return {row["name"]: row for row in orphans.read(self.home)}


def supervisor(*arguments):
    return [sys.executable, "-m", "portal.supervisor", *arguments]


def environment_for(home, **more):
    outer = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", orphans.MARK)
    kept = {name: value for name, value in os.environ.items() if name not in outer}
    return {**kept, "CARREL_HOME": str(home), **more}


def with_servers(home, *command, **environment):
    return subprocess.run(
        supervisor("with-servers", "--", *command),
        env=environment_for(home, **environment),
        cwd=CLONE,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )


def in_database(home, statement, fetch=".fetchone()[0]"):
    return with_servers(home, sys.executable, "-c", with_commit(statement, fetch))


def with_commit(statement, fetch):
    return (
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        f"    print(connection.execute({statement!r}){fetch})"
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(is_true, seconds=30):
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_command_gets_both_servers_and_its_exit_code_comes_back(home):
    probe = (
        "import os, psycopg, redis, sys\n"
        "psycopg.connect(os.environ['DATABASE_URL']).execute('SELECT 1')\n"
        "redis.from_url(os.environ['REDIS_URL']).ping()\n"
        "sys.exit(7)"
    )

    finished = with_servers(home, sys.executable, "-c", probe)

    assert finished.returncode == 7, finished.stderr
    assert orphans.read(home) == []


def test_the_embedded_database_folds_letters_beyond_ascii_and_takes_many_connections(home):
    answer = in_database(home, "SELECT lower('É') || current_setting('max_connections')")

    assert answer.stdout.strip() == "é300"


def test_a_server_that_the_environment_names_is_used_and_none_is_started(tmp_path):
    finished = with_servers(
        tmp_path,
        sys.executable,
        "-c",
        "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])",
        DATABASE_URL="postgres://elsewhere/carrel",
        REDIS_URL="redis://elsewhere/1",
    )

    assert finished.stdout.strip() == "postgres://elsewhere/carrel redis://elsewhere/1"
    assert not places.servers_folder(tmp_path).exists()


def test_a_home_with_a_long_name_works_through_a_short_private_folder(home):
    long_home = home / ("Long name, " * 9)

    finished = in_database(long_home, "SELECT 'reached'")

    folder = places.socket_folder(long_home)
    assert finished.stdout.splitlines()[-1:] == ["reached"], finished.stderr
    assert folder.parent == Path("/tmp")
    assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()


def test_a_home_behind_a_closed_folder_works_and_the_folder_stays_closed(home):
    closed = home / "closed"
    closed.mkdir(mode=0o700)

    finished = in_database(closed / "home", "SELECT 'reached'")

    assert finished.stdout.splitlines()[-1:] == ["reached"], finished.stderr
    assert closed.stat().st_mode & 0o777 == 0o700
    servers = places.servers_folder(closed / "home")
    if servers.is_symlink():
        shutil.rmtree(servers.resolve().parent)


def test_a_dead_postmaster_whose_number_belongs_to_somebody_else_is_forgotten(quiet_home):
    in_database(quiet_home, "SELECT 1")
    stale = places.database_folder(quiet_home) / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n0\n5432\n\n\n0 0\nready\n")

    finished = in_database(quiet_home, "SELECT 'started'")

    assert finished.stdout.strip() == "started", finished.stderr


def test_a_port_in_use_gets_one_sentence(quiet_home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = Portal(quiet_home, PORT=str(port))
        exit_code = refused.wait_until_ended()

    assert exit_code == 1
    assert refused.lines == [
        f"carrel: port {port} is in use by another program. "
        f"Choose another: PORT={port + 1} make run"
    ]


def test_a_port_that_is_no_number_gets_one_sentence(quiet_home):
    refused = Portal(quiet_home, PORT="70000")

    assert refused.wait_until_ended() == 1
    assert refused.lines == ["carrel: PORT is '70000'; it must be a number from 1 to 65535."]


def test_a_second_start_on_the_same_home_names_the_first(running, home):
    refused = Portal(home)

    assert refused.wait_until_ended() == 1
    assert f"is in use by `make run`, process {running.process.pid}." in refused.lines[-1]


def test_a_worker_that_dies_is_started_again(running):
    before = running.processes()["worker"]["pid"]

    os.kill(before, signal.SIGKILL)

    wait_for(lambda: running.processes()["worker"]["pid"] != before)


def test_a_killed_supervisor_hinders_no_start_and_the_next_one_stops_cleanly(
    running, home, started
):
    in_database(home, "CREATE TABLE kept AS SELECT 'kept' AS word", fetch="")
    running.process.kill()
    running.process.wait()

    second = Portal(home, PORT=str(running.port))
    started.append(second)
    second.wait_until_ready()
    kept = in_database(home, "SELECT word FROM kept")
    processes = second.processes()
    exit_code = second.stop()

    assert kept.stdout.strip() == "kept", kept.stderr
    assert exit_code == 0
    assert set(processes) == {"postgres", "valkey", "web", "worker", "beat"}
    assert not any(orphans.is_alive(row) for row in processes.values())
    assert orphans.marked_processes(home) == []
    ready = [line for line in second.lines if line.startswith("ready:")]
    assert ready == [f"ready: http://127.0.0.1:{second.port}"]

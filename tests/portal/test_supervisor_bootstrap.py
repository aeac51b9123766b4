"""What the installer says where a machine lacks something; and where the home's parts lie."""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import environ
import psycopg.conninfo
import pytest
import redis.connection

from portal import bootstrap
from portal.supervisor import home as home_module
from portal.supervisor import orphans, places
from portal.supervisor.refusal import CannotStart, sentence_about

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def empty_clone(tmp_path, monkeypatch):
    """A clone in which nothing is installed yet."""
    (tmp_path / "requirements-embedded.txt").write_text("django==5.2\n")
    monkeypatch.setattr(bootstrap, "CLONE", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "carrel-installed.json")
    return tmp_path


def test_an_old_python_is_refused_with_the_version_it_needs(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(SystemExit, match=r"this is Python 3\.9\.2, and Carrel needs 3\.11"):
        bootstrap.use_a_new_enough_python()


def test_a_missing_venv_package_is_named(empty_clone, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(bootstrap.CannotInstall, match=r"sudo apt install python3\.\d+-venv"):
        bootstrap.install_packages("requirements-embedded.txt")


def test_a_full_disk_stops_the_installation_before_it_begins(empty_clone, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(1, 1, 0))

    with pytest.raises(bootstrap.CannotInstall, match="has 0 MB free"):
        bootstrap.install_packages("requirements-embedded.txt")


def test_a_disk_that_fills_during_the_installation_gets_one_sentence():
    lines = ["Installing collected packages", "ERROR: [Errno 28] No space left on device"]

    assert "is full. Free some space" in bootstrap.explain_failure(lines)


def test_an_environment_that_matches_its_lock_is_left_alone(empty_clone, monkeypatch):
    wanted = bootstrap.hash_of(empty_clone / "requirements-embedded.txt")
    stamp = {"place": str(bootstrap.VENV), "requirements-embedded.txt": wanted}
    bootstrap.VENV.mkdir()
    bootstrap.STAMP.write_text(bootstrap.json.dumps(stamp))
    monkeypatch.setattr(bootstrap, "environment_works", lambda: True)
    monkeypatch.setattr(bootstrap, "check_call", lambda *given, **named: pytest.fail("installs"))

    bootstrap.install_packages("requirements-embedded.txt")


def test_an_environment_that_was_moved_counts_as_absent(empty_clone, monkeypatch):
    bootstrap.VENV.mkdir()
    bootstrap.STAMP.write_text('{"place": "/somewhere/else", "requirements-embedded.txt": "x"}')
    monkeypatch.setattr(bootstrap, "environment_works", lambda: True)

    assert bootstrap.read_stamp() == {}


def test_a_full_disk_stops_the_start_with_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(1, 1, 0))

    with pytest.raises(CannotStart, match=r"is full. Free some space"):
        home_module.make_home(tmp_path / "home")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "is full. Free some space"), (errno.EACCES, "CARREL_HOME=$HOME/carrel")],
)
def test_errors_of_the_system_that_a_newcomer_meets_have_a_sentence(number, sentence):
    refusal = sentence_about(OSError(number, "as the system says it"), Path("/srv/carrel"))

    assert sentence in str(refusal)


def test_the_database_url_reads_alike_for_django_and_for_psycopg():
    home = Path("/Srv/A Home, with %41 signs")
    url = places.embedded_database_url(home)

    django = environ.Env.db_url_config(url)
    bare = psycopg.conninfo.conninfo_to_dict(url)

    assert django["OPTIONS"]["host"] == bare["host"] == str(home / "servers" / "run")
    assert (django["USER"], django["NAME"]) == (bare["user"], bare["dbname"])


def test_the_broker_url_survives_blanks_and_capitals():
    home = Path("/Srv/A Home")

    parsed = redis.connection.parse_url(places.embedded_redis_url(home))

    assert parsed["path"] == str(home / "servers" / "run" / "valkey.sock")


@pytest.mark.parametrize("length", [10, 80, 200])
def test_no_socket_path_is_longer_than_the_kernel_takes(length):
    home = Path("/") / ("é" * length)

    socket_path = places.socket_folder(home) / places.DATABASE_SOCKET

    assert len(str(socket_path).encode()) <= 103
    assert places.socket_folder(home) == places.socket_folder(home)


def test_a_process_number_that_somebody_else_has_now_is_not_an_orphan():

    row = {"name": "web", "pid": os.getpid(), "signal": 15, "started": "1"}

    assert not orphans.is_alive(row)
    assert orphans.is_alive({**row, "started": orphans.started(os.getpid())})


def test_a_terminal_that_went_away_stops_nothing():
    program = "from portal.supervisor.terminal import say; [say(str(n)) for n in range(9999)]"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()

    assert process.returncode == 0, complaints
    assert complaints == b""

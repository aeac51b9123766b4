"""A throw-away house beside the real one: own database, own folder, own processes.

Its database's name begins with `test_`, so its clock may be moved (`lib.clock`). Broker messages
carry the database's name, so that it shares the broker with the real house and takes none of its
messages.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
from psycopg import sql

from portal.supervisor.children import die_with_parent
from portal.supervisor.refusal import CannotStart

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 60


@dataclass
class House:
    """The environment that every process of the throw-away house shares, and those processes."""

    environment: dict[str, str]
    web_port: int
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def manage(self, *arguments: str) -> int:
        """Run a management command in the house; answers its exit code."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, check=False).returncode  # noqa: S603

    def prepare(self) -> None:
        """Tables, and the static files that pages name."""
        for command in (["migrate"], ["collectstatic", "--no-input"]):
            if self.manage(*command, "--verbosity", "0"):
                raise CannotStart(f"`manage.py {command[0]}` failed in the throw-away house.")

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        log = Path(self.environment["CARREL_HOME"]) / f"{len(self.children)}.log"
        with log.open("wb") as output:
            child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self.children.append(child)
        return child

    def start_web(self) -> str:
        """Start the web server; answers its address once it serves."""
        address = f"http://127.0.0.1:{self.web_port}"
        port = str(self.web_port)
        self.start("granian", "--interface", "wsgi", "--port", port, "portal.wsgi:application")
        _wait_until_ready(f"{address}/readyz")
        return address

    def start_worker(self) -> None:
        """One worker that carries the timed tasks itself."""
        schedule = str(Path(self.environment["CARREL_HOME"]) / "beat")
        beat = ["--beat", "--schedule", schedule]
        self.start("celery", "-A", "portal.celery", "worker", "-c", "2", *beat)

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(timeout=15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextmanager
def scratch_house(
    *, purpose: str, database_url: str, redis_url: str, secret_key: str
) -> Iterator[House]:
    """A house with an empty database, named for its purpose; all of it is gone afterwards."""
    name = f"test_{purpose}_{secrets.token_hex(4)}"
    home = Path(tempfile.mkdtemp(prefix=f"carrel-{purpose}-"))
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": _with_path(database_url, name),
        "REDIS_URL": redis_url,
        "CARREL_HOME": str(home),
        "SECRET_KEY": secret_key,
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "STORAGE_URL": f"file://{home}/files",
        "DEMO": "1",
        "EMAIL_URL": "dummymail://",
    }
    house = House(environment, port)
    _create_database(database_url, name)
    try:
        yield house
    finally:
        house.stop()
        _drop_database(database_url, name)
        shutil.rmtree(home, ignore_errors=True)


def _create_database(database_url: str, name: str) -> None:
    try:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as problem:
        raise CannotStart(
            "The story is played in a database of its own, and the account of DATABASE_URL may "
            "not create one: give it CREATEDB, or run the story on the embedded server."
        ) from problem
    except psycopg.OperationalError as problem:
        raise CannotStart(
            "The database does not answer. Start the portal with `make run`, or run "
            f"`make story`, which starts the servers it needs. ({problem})".replace("\n", " ")
        ) from problem


def _drop_database(database_url: str, name: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _with_path(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise CannotStart(f"{url} did not answer within {_PATIENCE_SECONDS} seconds.")

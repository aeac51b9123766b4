"""The embedded PostgreSQL and Valkey of one home: made once, started, asked if they answer."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from . import places
from .children import FATAL_ONLY, Child
from .housing import Housing
from .orphans import started
from .refusal import DISK_IS_FULL, CannotStart, disk_full
from .signals import wait_until

POSTGRES_VERSION = "18"
START_SECONDS = 60
STOP_SECONDS = 30

# Nothing of the caller's: its keys are none of the servers' business, nor is its language.
SERVER_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/", "TZ": "UTC", "LC_ALL": "C"}


# PostgreSQL


def start_database(housing: Housing, servers: list[Child]) -> None:
    """Adds the server to the list before it can fail, so that it is stopped in any case."""
    make_cluster(housing)
    clear_stale_pid(places.database_folder(housing.home).resolve())
    database = Child(
        name="postgres",
        command=database_command(housing),
        home=housing.home,
        environment=SERVER_ENVIRONMENT,
        account=housing.account,
        stop_signal=signal.SIGINT,
        patience_seconds=STOP_SECONDS,
        worrying=FATAL_ONLY,
    )
    servers.append(database)
    database.start()
    wait_for_answer(database, lambda: database_is_ready(housing.home))
    make_database(places.embedded_database_url(housing.home))


def database_command(housing: Housing) -> list[str]:
    """Unix socket only, open to its owner alone; the folder is named in quotes, as a list."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{places.socket_folder(housing.home).resolve()}"',
        "unix_socket_permissions": "0700",
        "max_connections": "300",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    data = places.database_folder(housing.home).resolve()
    return [str(housing.postgres), "-D", str(data), *options]


def make_cluster(housing: Housing) -> None:
    """Through a draft folder, so that an interrupted first start leaves nothing half made."""
    final = places.database_folder(housing.home).resolve()
    if final.exists():
        check_version(final)
        return
    draft = final.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    options = {
        "pgdata": draft,
        "username": places.DATABASE_USER,
        "auth": "trust",
        "encoding": "UTF8",
        # With the C library's locale lower('É') would do nothing.
        "locale-provider": "builtin",
        "locale": "C.UTF-8",
    }
    finished = subprocess.run(  # noqa: S603  our own program
        [str(housing.initdb), *(f"--{name}={value}" for name, value in options.items())],
        cwd="/",
        env=SERVER_ENVIRONMENT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        **housing.account.popen_arguments(),  # type: ignore[call-overload]
    )
    if finished.returncode != 0:
        raise start_failure("postgres", finished.stderr.splitlines(), housing.home)
    draft.replace(final)


def check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != POSTGRES_VERSION:
        raise CannotStart(
            f"{data} was made by PostgreSQL {found}, and this Carrel brings {POSTGRES_VERSION}. "
            "Choose another folder with CARREL_HOME, or go on with the Carrel that made it."
        )


def clear_stale_pid(data: Path) -> None:
    """Forgets a dead postmaster whose number somebody else has now; never a living one.

    PostgreSQL would refuse to start then, as happens in every restarted container.
    """
    file = data / "postmaster.pid"
    if not file.exists():
        return
    pid = int(file.read_text().split("\n", 1)[0])
    if started(pid) and works_in(pid, data):
        os.kill(pid, signal.SIGINT)
        wait_until(lambda: not started(pid), STOP_SECONDS)
    if not (started(pid) and works_in(pid, data)):
        file.unlink(missing_ok=True)


def works_in(pid: int, data: Path) -> bool:
    """Whether the process was started on this data folder; believed where nobody can say."""
    if not Path("/proc/self/cmdline").exists():
        return True
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return str(data).encode() in arguments


def database_is_ready(home: Path) -> bool:
    """The eighth line of postmaster.pid, which pg_ctl reads too."""
    try:
        lines = (places.database_folder(home) / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def make_database(url: str) -> None:
    import psycopg

    maintenance = url.replace(f"/{places.DATABASE_NAME}?", "/postgres?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [places.DATABASE_NAME]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{places.DATABASE_NAME}"')


# Valkey


def start_broker(housing: Housing, servers: list[Child]) -> None:
    path = places.socket_folder(housing.home).resolve() / places.BROKER_SOCKET
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(places.broker_folder(housing.home).resolve()),
        "--appendonly": "yes",
        "--save": "",
        "--daemonize": "no",
    }
    broker = Child(
        name="valkey",
        command=[str(housing.valkey), *(part for pair in options.items() for part in pair)],
        home=housing.home,
        environment=SERVER_ENVIRONMENT,
        account=housing.account,
        patience_seconds=STOP_SECONDS,
        worrying=FATAL_ONLY,
    )
    servers.append(broker)
    broker.start()
    wait_for_answer(broker, lambda: broker_is_ready(path))


def broker_is_ready(path: Path) -> bool:
    """Answers PING; while it loads its file it answers something else."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


# Both


def wait_for_answer(server: Child, answers: Callable[[], bool]) -> None:
    """Waits until a server answers; says why when it ends instead."""
    wait_until(lambda: not server.is_running or answers(), START_SECONDS)
    if not server.is_running or not answers():
        raise start_failure(server.name, list(server.last_lines), server.home)


def start_failure(name: str, lines: list[str], home: Path) -> CannotStart:
    if any(DISK_IS_FULL in line for line in lines):
        return disk_full(home)
    last = "\n  ".join(lines[-8:])
    return CannotStart(f"{name} did not start. Its last lines (log/{name}.log):\n  {last}")

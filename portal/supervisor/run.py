"""`make run`: servers, database, web, worker and beat; watched until somebody says stop."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import orphans, signals
from .account import become_owner_of, myself
from .children import Child, die_with_parent, kill_group
from .home import CLONE, environment_of, home_folder, opened_home, stop_in_order
from .refusal import DISK_IS_FULL, CannotStart, disk_full
from .signals import wait_until
from .terminal import say, warn

HOST = "127.0.0.1"
READY_SECONDS = 300
LONGEST_PREPARATION_SECONDS = 3600
LONGEST_PAUSE_SECONDS = 30
CALM_SECONDS = 60


def run() -> int:
    """Starts everything, says when it is ready, and stops it again in order."""
    signals.listen()
    port = chosen_port()
    home = home_folder()
    become_owner_of(home)
    with opened_home(home, "make run") as servers:
        check_port_is_free(port)
        environment = environment_of(home)
        logins = prepare(home, environment)
        web, worker, beat = portal_children(home, environment, port)
        children = [web, worker, beat]
        try:
            # All load Django, which takes a core each: whoever waits, waits for the web server.
            web.start()
            wait_until_ready(port, web)
            worker.start()
            beat.start()
            say(f"ready: http://{HOST}:{port}")
            if logins:
                say(logins)
            watch([*servers, *children])
        finally:
            say("Stopping")
            stop_in_order([[web, beat], [worker]])
    return 0


# Before the start


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def check_port_is_free(port: int) -> None:
    """Asked before the web server is: that one would share the port in silence."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotStart(
                f"port {port} is reserved for root. Choose another: PORT=8001 make run"
            ) from None
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            raise CannotStart(
                f"port {port} is in use by another program. Choose another: PORT={other} make run"
            ) from None


def prepare(home: Path, environment: dict[str, str]) -> str:
    """Migrates and loads the demonstration; returns its logins, and shows progress meanwhile."""
    say("Preparing the database")
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.supervisor.prepare"],
            env=environment,
            cwd=CLONE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        try:
            wait_until(lambda: process.poll() is not None, LONGEST_PREPARATION_SECONDS)
        finally:
            kill_group(process.pid)
            process.wait()
        output.seek(0)
        logins = output.read().strip()
    if process.returncode != 0:
        raise CannotStart(f"the database could not be prepared; see above. Its home is {home}.")
    return logins


# The children


def portal_children(home: Path, environment: dict[str, str], port: int) -> list[Child]:
    celery = ["celery", "-A", "portal.celery"]
    web = ["granian", "--interface", "wsgi", "portal.wsgi:application", "--host", HOST]
    web += ["--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "5s"]
    worker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""]
    beat += ["--schedule", str(home / "beat-schedule")]
    return [
        portal_child("web", web, home, environment, patience_seconds=15),
        portal_child("worker", worker, home, environment, patience_seconds=60),
        portal_child("beat", beat, home, environment, patience_seconds=10),
    ]


def portal_child(
    name: str, command: list[str], home: Path, environment: dict[str, str], *, patience_seconds: int
) -> Child:
    return Child(
        name=name,
        command=[sys.executable, "-m", *command],
        home=home,
        environment={**environment, orphans.MARK: str(home)},
        account=myself(),
        patience_seconds=patience_seconds,
    )


def wait_until_ready(port: int, web: Child) -> None:
    """Until /readyz answers 200; a web server that ends before that ends the start."""
    # Asked once more, it might reach a second web process that still loads.
    answered = wait_until(lambda: is_ready(port) or not web.is_running, READY_SECONDS)
    if not web.is_running or not answered:
        raise CannotStart(last_words(web))


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def last_words(child: Child) -> str:
    lines = list(child.last_lines)
    if any(DISK_IS_FULL in line for line in lines):
        return str(disk_full(child.home))
    last = "\n  ".join(lines[-10:])
    return f"{child.name} did not start. Its last lines (log/{child.name}.log):\n  {last}"


# Watching


def watch(children: list[Child]) -> None:
    """Starts again what ends, each time after a longer pause, until asked to stop."""
    pauses = {child.name: 1.0 for child in children}
    due: dict[str, float] = {}
    begun = {child.name: time.monotonic() for child in children}
    while not signals.ASKED.wait(0.2):
        now = time.monotonic()
        for child in children:
            if child.is_running:
                continue
            if child.name not in due:
                calm = now - begun[child.name] > CALM_SECONDS
                pauses[child.name] = 1.0 if calm else pauses[child.name]
                due[child.name] = now + pauses[child.name]
                announce(child, pauses[child.name])
                pauses[child.name] = min(pauses[child.name] * 2, LONGEST_PAUSE_SECONDS)
            elif now >= due[child.name]:
                del due[child.name]
                begun[child.name] = now
                child.start_again()


def announce(child: Child, pause: float) -> None:
    warn(f"{child.name} ended with code {child.exit_code}; starting it again in {pause:.0f} s")

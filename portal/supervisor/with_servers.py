"""Runs one command with the servers of a home: those that run, or ones started for it."""

import os
import signal
import subprocess
from pathlib import Path

from . import signals
from .account import become_owner_of
from .home import environment_of, home_folder, opened_home
from .lock import HomeInUse


def with_servers(command: list[str]) -> int:
    """Returns the exit code of the command. A portal that runs on the home lends its servers."""
    signals.listen()
    home = home_folder()
    become_owner_of(home)
    name = " ".join(command).split("\n")[0][:80]
    try:
        with opened_home(home, name):
            return run_command(command, home)
    except HomeInUse as in_use:
        if in_use.command != "make run":
            raise
        return run_command(command, home)


def run_command(command: list[str], home: Path) -> int:
    """Passes a request to stop on to the command, and waits for its end."""
    process = subprocess.Popen(command, env=environment_of(home))  # noqa: S603  what was typed
    while True:
        try:
            return exit_code(process.wait(timeout=0.1))
        except subprocess.TimeoutExpired:
            if signals.ASKED.is_set():
                os.kill(process.pid, signal.SIGTERM)
                return exit_code(process.wait())


def exit_code(code: int) -> int:
    """As a shell tells it: 128 and the signal, where a signal ended the command."""
    return code if code >= 0 else 128 - code

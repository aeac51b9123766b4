"""One child process: started in its own group, logged, stopped, ended with its parent."""

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import orphans
from .account import Account
from .signals import wait_until
from .terminal import warn

LARGEST_LOG_BYTES = 10_000_000
PR_SET_PDEATHSIG = 1

# What is worth a line on the terminal: levels as Python, Celery, Granian, PostgreSQL and the
# JSON lines of structlog write them.
WORRYING = re.compile(
    r"\b(WARNING|ERROR|CRITICAL|FATAL|PANIC)\b|\"level\": ?\"(warning|error|crit)"
)
FATAL_ONLY = re.compile(r"\b(FATAL|PANIC)\b")


@dataclass
class Child:
    """A program that runs beside the supervisor."""

    name: str
    command: list[str]
    home: Path
    environment: Mapping[str, str]
    account: Account
    stop_signal: int = signal.SIGTERM
    patience_seconds: float = 10
    worrying: re.Pattern[str] = WORRYING
    process: subprocess.Popen[str] | None = None
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=20))

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own programs
            self.command,
            env=dict(self.environment),
            cwd=Path(__file__).resolve().parents[2] if self.account.is_mine else "/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=die_with_parent(self.stop_signal),
            **self.account.popen_arguments(),  # type: ignore[call-overload]
        )
        assert self.process is not None  # noqa: S101  for the type checker
        orphans.remember(self.home, self.name, self.process.pid, self.stop_signal)
        threading.Thread(target=self.keep_log, args=[self.process], daemon=True).start()

    def start_again(self) -> None:
        """Clears what the ended process left in its group before it starts the next."""
        if self.process is not None:
            kill_group(self.process.pid)
        self.start()

    def keep_log(self, process: subprocess.Popen[str]) -> None:
        """Reads to the end whatever happens: a child whose pipe is full would hang."""
        assert process.stdout is not None  # noqa: S101  for the type checker
        path = fresh_log(self.home, self.name)
        for line in process.stdout:
            self.last_lines.append(line.rstrip())
            if self.worrying.search(line):
                warn(f"{self.name}: {line.rstrip():.300}")
            try:
                with path.open("a") as log:
                    log.write(line)
            except OSError as error:
                self.last_lines.append(str(error))

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return None if self.process is None else self.process.poll()

    def ask_to_stop(self) -> None:
        """Signals the main process only: Celery's own children must not hear it."""
        if self.process is not None and self.is_running:
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self) -> None:
        """Waits for the end, forces it when patience runs out, and clears the group."""
        if self.process is None:
            return
        wait_until(lambda: not self.is_running, self.patience_seconds, stoppable=False)
        kill_group(self.process.pid)
        self.process.wait()


def kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def fresh_log(home: Path, name: str) -> Path:
    path = home / "log" / f"{name}.log"
    if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path


def die_with_parent(stop_signal: int) -> Callable[[], None] | None:
    """On Linux the kernel stops a child when the supervisor is killed; elsewhere the next start.

    It runs after the change of account, which would clear it.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, stop_signal)

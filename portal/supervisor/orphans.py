"""What a killed supervisor left running: found again by process number and start time."""

import contextlib
import json
import os
import signal
import subprocess
from pathlib import Path

from .signals import wait_until

PATIENCE_SECONDS = 15

# In the environment of every child that belongs to a home, and of what it starts in turn.
MARK = "CARREL_SUPERVISED_HOME"


def record_file(home: Path) -> Path:
    return home / "processes.json"


def remember(home: Path, name: str, pid: int, stop_signal: int) -> None:
    """A number alone could name a stranger later; with its start time it cannot."""
    rows = [row for row in read(home) if row["name"] != name]
    rows.append({"name": name, "pid": pid, "signal": stop_signal, "started": started(pid)})
    write(home, rows)


def forget_all(home: Path) -> None:
    record_file(home).unlink(missing_ok=True)


def read(home: Path) -> list[dict[str, str | int]]:
    try:
        return list(json.loads(record_file(home).read_text()))
    except (OSError, ValueError):
        return []


def write(home: Path, rows: list[dict[str, str | int]]) -> None:
    """Whole or not at all: the supervisor may be killed at any moment."""
    draft = record_file(home).with_suffix(".new")
    draft.write_text(json.dumps(rows))
    draft.replace(record_file(home))


def stop_left_over(home: Path) -> bool:
    """Stops what an earlier supervisor of this home left behind; whether there was any."""
    left = [row for row in read(home) if is_alive(row)]
    for row in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(row["pid"]), int(row["signal"]))
    wait_until(lambda: not any(is_alive(row) for row in left), PATIENCE_SECONDS)
    for row in left:
        if is_alive(row):
            os.killpg(int(row["pid"]), signal.SIGKILL)
    strays = marked_processes(home)
    for pid in strays:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    forget_all(home)
    return bool(left or strays)


def is_alive(row: dict[str, str | int]) -> bool:
    return bool(row["started"]) and started(int(row["pid"])) == row["started"]


def started(pid: int) -> str:
    """When a process started, in whatever form this system tells; empty when it is gone."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except OSError:
            return ""
        return "" if after_name[0] == "Z" else after_name[19]
    finished = subprocess.run(  # noqa: S603  a fixed command
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return finished.stdout.strip()


def marked_processes(home: Path) -> list[int]:
    """Grandchildren whose parent was killed, such as the pool processes of a worker."""
    mark = f"{MARK}={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return [pid for pid in found if pid != os.getpid()]

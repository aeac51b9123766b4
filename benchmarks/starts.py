"""Seconds from typing `make run` to `ready:`, on a fresh clone and on a second start.

There is no reference: nothing else does the same work. Both include the demonstration.
"""

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
SECOND_STARTS = 3

# What `make bench` sets for the other benchmarks; a newcomer's shell has none of it.
NOT_A_NEWCOMERS = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "CARREL_HOME",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONPATH",
    "MAKEFLAGS",
    "MAKELEVEL",
)


def first_start() -> dict[str, object]:
    """A clone with nothing installed: environment, packages, database, demonstration."""
    with tempfile.TemporaryDirectory(prefix="carrel-clone-") as folder:
        clone = Path(folder) / "carrel"
        subprocess.run(["git", "clone", "--quiet", str(CLONE), str(clone)], check=True)
        Path(folder).chmod(0o755)
        return result(seconds_to_ready(clone, clone / "var"))


def second_start() -> dict[str, object]:
    """A clone with all installed and a home with data: the median of some starts."""
    home = Path(tempfile.mkdtemp(prefix="carrel-home-"))
    home.chmod(0o755)
    try:
        seconds_to_ready(CLONE, home)
        times = [seconds_to_ready(CLONE, home) for _ in range(SECOND_STARTS)]
    finally:
        shutil.rmtree(home)
    return result(statistics.median(times))


def seconds_to_ready(clone: Path, home: Path) -> float:
    """Types `make run`, waits for the line, and stops it again."""
    begun = time.monotonic()
    process = subprocess.Popen(
        ["make", "--no-print-directory", f"PYTHON={base_python()}", "run"],
        cwd=clone,
        env=newcomers_environment(home),
        text=True,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process:
        try:
            ready = next((line for line in process.stdout if line.startswith("ready:")), None)
            seconds = time.monotonic() - begun
        finally:
            process.send_signal(signal.SIGTERM)
            process.stdout.read()
    if ready is None:
        raise RuntimeError(f"`make run` in {clone} ended before it was ready; see above.")
    return seconds


def newcomers_environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_A_NEWCOMERS}
    return {**kept, "CARREL_HOME": str(home), "PORT": str(free_port())}


def base_python() -> str:
    """The Python that the environment was made from, as a newcomer would have it."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def result(seconds: float) -> dict[str, object]:
    return {"value": round(seconds, 1), "reference": None, "ratio": None, "unit": "s"}


BENCHMARKS: dict[str, Callable[[], dict[str, object]]] = {
    "first_start": first_start,
    "second_start": second_start,
}

"""One supervisor for one home: a lock that the kernel frees when its holder dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .refusal import CannotStart


class HomeInUse(CannotStart):
    """Another supervisor holds the home; says which, and whether it serves a portal."""

    def __init__(self, home: Path, pid: int, command: str) -> None:
        self.command = command
        super().__init__(
            f"{home} is in use by `{command}`, process {pid}. "
            f"Stop it with: kill {pid}, or choose another folder with CARREL_HOME."
        )


@contextmanager
def home_lock(home: Path, command: str) -> Iterator[None]:
    """Holds the home while the block runs. The file stays: removing it would race."""
    with (home / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeInUse(home, *read_holder(home)) from None
        file.truncate(0)
        json.dump({"pid": os.getpid(), "command": command}, file)
        file.flush()
        yield


def read_holder(home: Path) -> tuple[int, str]:
    try:
        holder = json.loads((home / "lock").read_text())
    except (OSError, ValueError):
        return 0, "another command"
    return int(holder["pid"]), str(holder["command"])

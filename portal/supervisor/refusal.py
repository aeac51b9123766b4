"""The one error of the supervisor: a sentence for whoever typed the command."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_IS_FULL = "No space left on device"


class CannotStart(Exception):
    """What is wrong and how to mend it; printed as one line, without a traceback."""


def disk_full(folder: Path) -> CannotStart:
    return CannotStart(f"the disk that holds {folder} is full. Free some space and start again.")


def not_yours(folder: Path, owner: str) -> CannotStart:
    return CannotStart(
        f"{folder} belongs to {owner}. Choose a folder of your own: "
        f"CARREL_HOME=$HOME/carrel make run, or take it over: sudo chown -R $USER {folder}"
    )


def sentence_about(error: OSError, home: Path) -> CannotStart | None:
    """The sentence for an error of the operating system, where there is one."""
    if error.errno == errno.ENOSPC:
        return disk_full(home)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        place = error.filename or home
        return CannotStart(
            f"{place} may not be written by you. "
            "Choose a folder of your own: CARREL_HOME=$HOME/carrel make run"
        )
    return None


@contextmanager
def in_sentences() -> Iterator[None]:
    """Ends the program with a sentence where a setting is wrong or the database is away."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        yield
    except ImproperlyConfigured as problem:
        sys.exit(f"carrel: {problem}")
    except OperationalError as problem:
        # A server that answered says why by a code; then it is no matter of the connection.
        if getattr(problem.__cause__, "sqlstate", None):
            raise
        said = " ".join(str(problem).split())
        sys.exit(
            "carrel: the database does not answer. Start Carrel with `make run`, or correct "
            f"DATABASE_URL. ({said})"
        )

"""What the supervisor says. Nobody may be listening any more, and that must stop nothing."""

import os
import sys
from typing import TextIO


def say(line: str) -> None:
    write(sys.stdout, line)


def warn(line: str) -> None:
    write(sys.stderr, line)


def write(stream: TextIO, line: str) -> None:
    """Goes silent for good when the other end is closed, as in `make run | head`."""
    try:
        print(line, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

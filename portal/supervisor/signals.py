"""A request to stop, as a flag that every wait looks at: no wait is cut in the middle."""

import signal
import time
from collections.abc import Callable
from types import FrameType


class Request:
    """A flag without a lock: a handler that interrupts `threading.Event.wait` in the wrong
    instant and calls `set` would wait for ever for the lock that the interrupted code holds."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        self._is_set = True

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)
        return self._is_set


ASKED = Request()


class Stopped(Exception):
    """Somebody asked to stop while the start was still going on."""


def listen() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, note)


def note(number: int, frame: FrameType | None) -> None:
    ASKED.set()


def wait_until(is_true: Callable[[], bool], seconds: float, *, stoppable: bool = True) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not is_true():
        if stoppable and ASKED.is_set():
            raise Stopped
        if time.monotonic() > end:
            return False
        time.sleep(0.03)
    return True

"""How the story is told: numbered steps, what each shows, and the quota after it."""

import time
from collections.abc import Callable
from typing import NoReturn

from organizations.models import Organization
from quotas import usage

_PATIENCE_SECONDS = 180
_steps = 0


class StoryBroken(Exception):
    """Something did not happen as the story says."""


def step(title: str) -> None:
    global _steps
    _steps += 1
    print(f"\n{_steps}. {title}", flush=True)


def show(line: str) -> None:
    print(f"   {line}", flush=True)


def show_quota(lab: Organization) -> None:
    today = usage.today(lab)
    show(
        f"quota: {today.requests_used:,} of {today.requests_limit:,} requests and "
        f"{today.records_used:,} of {today.records_limit:,} records used today"
    )


def hold(is_true: bool, sentence: str) -> None:
    """Go on only if it is so."""
    if not is_true:
        broken(sentence)
    show(f"ok: {sentence}")


def broken(sentence: str) -> NoReturn:
    raise StoryBroken(sentence)


def wait_until(is_true: Callable[[], bool], sentence: str) -> None:
    """Wait for the workers; they answer to nobody's clock, so the patience is long."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            broken(f"{sentence} (waited {_PATIENCE_SECONDS} seconds)")
        time.sleep(0.2)
    show(f"ok: {sentence}")


def expect_refusal(
    kind: type[Exception] | tuple[type[Exception], ...], deed: Callable[[], object], sentence: str
) -> None:
    """The deed must be refused, and the refusal is shown as people read it."""
    try:
        deed()
    except kind as refusal:
        show(f"ok: {sentence}: “{refusal}”")
        return
    broken(f"{sentence}, but it was not")

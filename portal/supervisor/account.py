"""Which account things run under.

PostgreSQL refuses to run as root. So root acts as the owner of CARREL_HOME where that is
somebody else, and keeps the two servers under an unprivileged account where it is not.
"""

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .refusal import CannotStart, not_yours
from .terminal import say

# Tried in this order where root owns everything: Debian's account for the same program, then
# the one that every machine has.
UNPRIVILEGED_ACCOUNTS = ["postgres", "nobody"]


@dataclass(frozen=True)
class Account:
    """Somebody that a process can run as."""

    name: str
    uid: int
    gid: int
    folder: str

    @property
    def is_mine(self) -> bool:
        return self.uid == os.geteuid()

    def popen_arguments(self) -> dict[str, object]:
        """What subprocess needs to run a program as this account, and nothing if it is me."""
        if self.is_mine:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, *command: str) -> bool:
        """Tries it for real: the folders above, the file and its libraries must all be open."""
        try:
            finished = subprocess.run(  # noqa: S603  our own programs
                command,
                cwd="/",
                capture_output=True,
                check=False,
                **self.popen_arguments(),  # type: ignore[call-overload]
            )
        except OSError:
            return False
        return bool(finished.returncode == 0)

    def can_enter(self, folder: Path) -> bool:
        return self.can_run("/bin/sh", "-c", 'test -x "$1"', "sh", str(folder))


def myself() -> Account:
    return by_uid(os.geteuid()) or Account("you", os.geteuid(), os.getegid(), "/")


def by_uid(uid: int) -> Account | None:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir)


def owner_of(folder: Path) -> Account | None:
    """The owner of a folder, or of the nearest one above it that exists."""
    while not folder.exists():
        folder = folder.parent
    return by_uid(folder.stat().st_uid)


def become_owner_of(home: Path) -> None:
    """Root acts as the owner of the home, so that its owner can go on with it afterwards."""
    owner = owner_of(home)
    if os.geteuid() != 0 or owner is None or owner.uid == 0:
        return
    clone = Path(__file__).resolve().parents[2]
    probe = f"import sys; sys.path.insert(0, {str(clone)!r}); import django, portal.supervisor"
    if not owner.can_run(sys.executable, "-c", probe):
        return
    say(f"Running as {owner.name}, who owns {home}")
    os.initgroups(owner.name, owner.gid)
    os.setgid(owner.gid)
    os.setuid(owner.uid)
    os.environ.update(HOME=owner.folder, USER=owner.name, LOGNAME=owner.name)


def account_for_servers(servers: Path) -> Account:
    """Whose the embedded servers are: mine, or as root the owner of what is there already."""
    owner = owner_of(servers) if servers.exists() else None
    if os.geteuid() != 0:
        if owner is not None and not owner.is_mine:
            raise not_yours(servers.resolve(), owner.name)
        return myself()
    if owner is not None and owner.uid != 0:
        return owner
    return first_unprivileged_account()


def first_unprivileged_account() -> Account:
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, "/")
    raise CannotStart(
        "PostgreSQL refuses to run as root and this machine has no account named nobody. "
        "Start Carrel as a normal user, or set DATABASE_URL and REDIS_URL."
    )

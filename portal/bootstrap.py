"""Makes the environment that Carrel runs in, then hands over to it.

    python3 portal/bootstrap.py LOCK [ARGUMENT...]

installs the packages of LOCK and the front-end packages where they are missing, and then
becomes `.venv/bin/python ARGUMENT...`. It runs on the machine's own Python, so it needs
nothing but the standard library and reads on old versions, to refuse them in a sentence.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
VENV = CLONE / ".venv"
STAMP = VENV / "carrel-installed.json"
NODE_MODULES = CLONE / "node_modules"
NODE_STAMP = NODE_MODULES / ".carrel-installed"

OLDEST_PYTHON = (3, 11)
NEEDED_BYTES = 1_500_000_000
DISK_IS_FULL = "No space left on device"

# What a lock also brings, so that `make run` after `make test` installs nothing.
CONTAINED_LOCKS = {"requirements-dev.txt": ["requirements-embedded.txt"]}


class CannotInstall(Exception):
    """A sentence for the newcomer: what is wrong and how to mend it."""


def main(arguments):
    use_a_new_enough_python()
    try:
        with one_at_a_time():
            install_packages(arguments[0])
            install_front_end()
    except (CannotInstall, OSError) as problem:
        raise SystemExit(f"carrel: {sentence_about(problem)}") from None
    except KeyboardInterrupt:
        raise SystemExit("\ncarrel: stopped before the installation was complete.") from None
    os.chdir(CLONE)
    os.execv(venv_python(), [venv_python(), *arguments[1:]])


def sentence_about(problem):
    if isinstance(problem, CannotInstall):
        return problem
    if DISK_IS_FULL in str(problem):
        return f"the disk that holds {CLONE} is full. Free some space and start again."
    if isinstance(problem, PermissionError):
        return (
            f"{problem.filename} belongs to somebody else and holds nothing that you can run. "
            f"Make a clone of your own, or take this one over: sudo chown -R $USER {CLONE}"
        )
    return problem


# Which Python


def use_a_new_enough_python():
    """Goes on with a newer Python of this machine when `python3` is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    found = ".".join(map(str, sys.version_info[:3]))
    raise SystemExit(
        f"carrel: this is Python {found}, and Carrel needs 3.11 or newer. "
        "Install it, then name it: make PYTHON=/path/to/python3.11 run"
    )


def base_python():
    """The Python to build on: one that the owner of the clone can use too, if root asks."""
    owner = owner_of_clone()
    if os.geteuid() != 0 or owner.pw_uid == 0:
        return sys.executable
    probe = "import sys, ensurepip; sys.exit(sys.version_info < (3, 11))"
    for candidate in [sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"]:
        if runs_as(owner, [candidate, "-c", probe]):
            return candidate
    return sys.executable


def runs_as(owner, command):
    with contextlib.suppress(OSError):
        finished = subprocess.run(
            command, user=owner.pw_uid, group=owner.pw_gid, cwd="/", capture_output=True
        )
        return finished.returncode == 0
    return False


def owner_of_clone():
    try:
        return pwd.getpwuid(CLONE.stat().st_uid)
    except KeyError:
        return pwd.getpwuid(os.geteuid())


# Python packages


def install_packages(lock):
    """Makes `.venv` hold exactly what the lock says; quick when it already does."""
    wanted = hash_of(CLONE / lock)
    if read_stamp().get(lock) == wanted:
        return
    check_free_disk()
    check_writable()
    make_environment()
    install_locked(lock)
    locks = {name: hash_of(CLONE / name) for name in [lock, *CONTAINED_LOCKS.get(lock, [])]}
    STAMP.write_text(json.dumps({"place": str(VENV), **locks}))
    hand_over(VENV)


def read_stamp():
    """What is installed, as far as known; nothing when the environment does not work."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        stamp = {"place": str(VENV)}
    return stamp if stamp.get("place") == str(VENV) and environment_works() else {}


def environment_works():
    with contextlib.suppress(OSError):
        probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([venv_python(), "-c", probe], capture_output=True).returncode == 0
    return False


def make_environment():
    if read_stamp():
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise CannotInstall(
            "this Python cannot make virtual environments. On Debian or Ubuntu: "
            f"sudo apt install python{version}-venv, then start again."
        )
    say("Making the Python environment in .venv")
    check_call([base_python(), "-m", "venv", "--clear", str(VENV)])


def install_locked(lock):
    """Runs pip with the machine's own configuration; every file must match its hash."""
    count = sum("==" in line for line in (CLONE / lock).read_text().splitlines())
    say(f"Installing {count} Python packages from {lock}; the first time takes some minutes")
    pip = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    check_call([*pip, "--no-deps", "--require-hashes", "-r", str(CLONE / lock)], progress=count)


def check_writable():
    for folder in (CLONE, VENV):
        if folder.exists() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, "not writable", str(folder))


def check_free_disk():
    free = shutil.disk_usage(CLONE).free
    if free < NEEDED_BYTES:
        raise CannotInstall(
            f"{CLONE} has {free // 1_000_000} MB free and the installation needs "
            f"{NEEDED_BYTES // 1_000_000} MB. Free some space and start again."
        )


# Front-end packages


def install_front_end():
    """Fetches what package-lock.json names, with the machine's npm or one from a wheel."""
    wanted = hash_of(CLONE / "package-lock.json")
    if NODE_STAMP.exists() and NODE_STAMP.read_text() == wanted:
        return
    say("Installing the front-end packages")
    npm = shutil.which("npm")
    if npm is None or not npm_ci(npm):
        install_locked("requirements-node.txt")
        if not npm_ci(str(VENV / "bin" / "npm")):
            raise CannotInstall("npm could not install the front-end packages; see above.")
    NODE_STAMP.write_text(wanted)
    hand_over(NODE_MODULES)


def npm_ci(npm):
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    finished = subprocess.run(
        [
            npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--silent",
        ],
        cwd=CLONE,
        env={**os.environ, "PATH": path},
        stdout=subprocess.DEVNULL,
    )
    return finished.returncode == 0


# Small parts


@contextlib.contextmanager
def one_at_a_time():
    """Two commands started together do not install into one folder at once.

    The lock is on the clone itself: a lock file would belong to whoever came first.
    """
    import fcntl

    folder = os.open(CLONE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def check_call(command, progress=0):
    """Runs a command; shows its last lines only if it fails, and its progress meanwhile."""
    lines = []
    found = 0
    with subprocess.Popen(
        command, cwd=CLONE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        for line in process.stdout:
            lines.append(line.rstrip())
            if progress and line.startswith(("Collecting", "Requirement already")):
                found += 1
                if found % 25 == 0:
                    say(f"  {found} of {progress}")
    if process.returncode != 0:
        raise CannotInstall(explain_failure(lines))


def explain_failure(lines):
    if any(DISK_IS_FULL in line for line in lines):
        return sentence_about(OSError(DISK_IS_FULL))
    last = "\n  ".join(lines[-12:])
    return f"the installation failed. The last lines were:\n  {last}"


def hand_over(folder):
    """Gives what root made in somebody's clone to the owner of the clone."""
    owner = owner_of_clone()
    if os.geteuid() != 0 or owner.pw_uid == 0:
        return
    for place, folders, files in os.walk(folder):
        for name in [".", *folders, *files]:
            os.lchown(os.path.join(place, name), owner.pw_uid, owner.pw_gid)


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def venv_python():
    return str(VENV / "bin" / "python")


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

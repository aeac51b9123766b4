"""Where the parts of one CARREL_HOME lie. Standard library only: settings imports it.

Every answer follows from the home folder alone, so that the supervisor, the web server,
the workers and a command typed by hand all find the same sockets and files.
"""

import hashlib
from pathlib import Path
from urllib.parse import quote

DATABASE_NAME = "carrel"
DATABASE_USER = "carrel"
DATABASE_SOCKET = ".s.PGSQL.5432"
BROKER_SOCKET = "valkey.sock"

# The kernel refuses longer socket paths: 104 bytes on macOS, 108 on Linux, both with the
# closing zero. PostgreSQL also writes "<socket>.lock" beside it.
LONGEST_SOCKET_PATH = 97


def servers_folder(home: Path) -> Path:
    """The folder of the embedded servers; a link when the home is closed to their account."""
    return home / "servers"


def database_folder(home: Path) -> Path:
    return servers_folder(home) / "postgres"


def broker_folder(home: Path) -> Path:
    return servers_folder(home) / "valkey"


def socket_folder(home: Path) -> Path:
    """Where both servers open their sockets: in the home, or in a short private folder."""
    inside = servers_folder(home.resolve()) / "run"
    if len(str(inside / DATABASE_SOCKET).encode()) <= LONGEST_SOCKET_PATH:
        return inside
    return Path("/tmp") / f"carrel-{home_hash(home)}"  # noqa: S108  checked before use


def embedded_database_url(home: Path) -> str:
    """A URL that django-environ and psycopg read alike.

    The folder stands in the query: django-environ leaves a percent-encoded host as it is.
    """
    folder = quote(str(socket_folder(home)), safe="")
    return f"postgres://{DATABASE_USER}@/{DATABASE_NAME}?host={folder}"


def embedded_redis_url(home: Path) -> str:
    return f"unix://{quote(str(socket_folder(home) / BROKER_SOCKET))}?db=0"


def secret_key_file(home: Path) -> Path:
    return home / "secret_key"


def log_folder(home: Path) -> Path:
    return home / "log"


def home_hash(home: Path) -> str:
    """A short name for one home, for the folders that cannot lie inside it."""
    return hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]

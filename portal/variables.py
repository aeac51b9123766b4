"""What the values of Carrel's variables must look like; a wrong one is refused in a sentence.

`portal.settings` alone reads them. The sentences hold no value, because many hold a password.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

_EXPECTED = {
    "CLAMAV_URL": "the address of clamd, as in tcp://127.0.0.1:3310, or unset",
    "CORPUS_URL": (
        "duckdb:// or unset: the corpus lies in Parquet files under CARREL_HOME, and other "
        "engines are not built yet"
    ),
    "DATABASE_URL": (
        "a PostgreSQL server and a database, as in postgres://user:password@host:5432/carrel"
    ),
    "DEMO": "1 or 0",
    "EMAIL_URL": "a mail server, as in smtp+tls://user:password@host:587",
    "ORCID_URL": "https://orcid.org or https://sandbox.orcid.org",
    "PORT": "a number from 1 to 65535",
    "PUBLIC_URL": "the address people type, without a path, as in https://carrel.example.org",
    "REDIS_URL": "a Redis or Valkey server, as in redis://127.0.0.1:6379/0",
    "STORAGE_URL": "file:///absolute/folder or s3://key:secret@endpoint/bucket",
}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_BROKERS = {"redis", "rediss", "unix", "redis+socket"}


def understood(name: str, text: str, parse: Callable[[str], Value]) -> Value:
    """The value behind a text, or the sentence that says what it must be."""
    try:
        return parse(text)
    except (ValueError, ImproperlyConfigured) as problem:
        raise ImproperlyConfigured(f"{name} must be {_EXPECTED[name]}.") from problem


def truth(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(text)
    return text.lower() in _TRUE


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError(text)
    return int(text)


def site_address(text: str) -> str:
    """Scheme and host, with a port or without; all paths below it are Carrel's."""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ValueError(text)
    return f"{parts.scheme}://{parts.netloc}"


def broker_address(text: str) -> str:
    """As Celery wants it, which calls a Unix socket by another name than Redis does."""
    parts = urlsplit(text)
    if parts.scheme not in _BROKERS or not (parts.hostname or parts.path) or parts.port == 0:
        raise ValueError(text)
    return text.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")


def engine(text: str) -> str:
    if text != "duckdb://":
        raise ValueError(text)
    return text


def scanner(text: str) -> tuple[str, int] | None:
    """Host and port of a scanner for harmful software, if there is one."""
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme != "tcp" or not parts.hostname or not parts.port or parts.path.strip("/"):
        raise ValueError(text)
    return parts.hostname, parts.port


def orcid_domain(text: str) -> str:
    """The domain of ORCID or of its sandbox; nothing else is ever asked."""
    domain = text.removeprefix("https://").rstrip("/")
    if not text.startswith("https://") or domain not in {"orcid.org", "sandbox.orcid.org"}:
        raise ValueError(text)
    return domain

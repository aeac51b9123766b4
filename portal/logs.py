"""One structured line per event; control characters never reach the log as they are."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

# Addresses whose last part lets its reader in; as they are, and quoted in another's `next`.
_SECRET_PATH = re.compile(
    r"((?:/|%2F)(?:invitation(?:/|%2F)link|apply(?:/|%2F)listed|invited(?:/|%2F)by-letter|tell-me"
    r"|confirm-email|password(?:/|%2F)reset(?:/|%2F)key)"
    r"(?:/|%2F))(?:(?!%2F)[^/\s&])+",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\?.*", re.DOTALL)


def conceal_secrets(
    logger: Any, name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the secrets of links out of the log, and what people search for: it may be a name."""
    if isinstance(event.get("request"), str):
        event["request"] = _QUERY.sub("?…", event["request"])
    for key in ("request", "event"):
        if isinstance(event.get(key), str):
            event[key] = _SECRET_PATH.sub(r"\1…", event[key])
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    conceal_secrets,
]


def formatter() -> logging.Formatter:
    """The formatter of every handler; also sets structlog up to feed it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=_SHARED,
    )

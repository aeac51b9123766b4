"""The document as JSON: the names of `structure` are its keys."""

import msgspec

from applications.documents.structure import ApplicationDocument


def to_json(document: ApplicationDocument) -> bytes:
    """Exactly as typed, readable, with every key in its place; times are ISO 8601 in UTC."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2)

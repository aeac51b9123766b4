"""Identifiers that may be shown to anybody."""

import uuid

import uuid_utils.compat


def uuid7() -> uuid.UUID:
    """A new identifier; later ones sort after earlier ones (RFC 9562, version 7)."""
    return uuid_utils.compat.uuid7()

"""What a file is, by its content alone: its name and what the browser says count for nothing.

Only the first and the last bytes are looked at, except in text, and nothing is ever unpacked.
"""

import codecs
import re
from enum import Enum
from typing import BinaryIO

import puremagic

from applications.attachments.kinds import MOV, MP4, TEXT, FileKind, kind_of_media_type

HEAD_BYTES = 4096
_CHUNK_BYTES = 65_536

_PROGRAM_STARTS = (
    b"\x7fELF",
    b"MZ",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
    b"dex\n",
)
_ARCHIVE_STARTS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\0",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
# What browsers take for markup at the start of a file, after white space and comments.
_MARKUP = re.compile(
    # Groups that never give back what they took, so that no text makes the search slow.
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.*?(?:-->|\Z))*+"
    rb"<(?:!doctype|\?xml|\?php|[a-z][a-z0-9:-]*(?:[\s/>]|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_WITHIN = re.compile(rb"<(?:!doctype\s+html|html|script|svg|\?php)[\s/>]", re.IGNORECASE)
_WIDE_TEXT = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class Strange(Enum):
    """What is never taken, whatever the question says."""

    PROGRAM = "program"
    SCRIPT = "script"
    ARCHIVE = "archive"
    MARKUP = "markup"


def find_kind(file: BinaryIO) -> FileKind | Strange | None:
    """The kind the content is of; None when it is of no kind that Carrel knows."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    strange = _find_strange(head)
    if strange is Strange.MARKUP or strange is Strange.SCRIPT:
        return strange
    if _is_text(file):
        return TEXT
    return strange or _find_by_signature(head)


def holds_markup(head: bytes) -> bool:
    """Whether the part that a browser sniffs holds what could run in it."""
    return _MARKUP_WITHIN.search(head[:1024]) is not None


def _find_strange(head: bytes) -> Strange | None:
    plain = _as_bytes_of_letters(head)
    if _MARKUP.match(plain):
        return Strange.MARKUP
    if plain.removeprefix(codecs.BOM_UTF8).startswith(b"#!"):
        return Strange.SCRIPT
    if head.startswith(_PROGRAM_STARTS):
        return Strange.PROGRAM
    is_tar = head[257:262] == b"ustar"
    return Strange.ARCHIVE if is_tar or head.startswith(_ARCHIVE_STARTS) else None


def _as_bytes_of_letters(head: bytes) -> bytes:
    """Text of two bytes a letter hides markup from a search for bytes."""
    encoding = _WIDE_TEXT.get(head[:2])
    return head.decode(encoding, "replace").encode() if encoding else head


def _is_text(file: BinaryIO) -> bool:
    """Whether all of it is UTF-8 without control characters but tabs, line and page ends."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK_BYTES):
            if _NOT_IN_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _find_by_signature(head: bytes) -> FileKind | None:
    """The first known kind among what the signatures speak for, the most certain first."""
    if head[4:8] == b"ftyp":
        return _find_film(head)
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    found = (kind_of_media_type(match.mime_type) for match in matches)
    return next((kind for kind in found if kind is not None), None)


def _find_film(head: bytes) -> FileKind | None:
    """Films and some pictures of telephones share one container, which names its brand."""
    brand = head[8:12]
    if brand == b"qt  ":
        return MOV
    is_mp4 = brand.startswith((b"iso", b"mp4", b"avc", b"M4V", b"MSNV", b"dash", b"3gp"))
    return MP4 if is_mp4 else None

"""Looking at an upload before anything of it is kept."""

import hashlib
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.base import File

from applications.attachments import refusals
from applications.attachments.content import Strange, find_kind
from applications.attachments.kinds import TEXT, FileKind, kind_of_extension
from applications.attachments.names import clean_name, extension_of
from applications.attachments.soundness import check_sound
from applications.questions import FileRules

_CHUNK_BYTES = 65_536


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its clean name, what it is, and what it measures."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str


def check_upload(upload: "File[Any]", rules: FileRules, *, limit_bytes: int) -> Checked:
    """Look at the cheap things first and never read further than the limit.

    Raises WrongFile with the sentence for whichever rule the file breaks first.
    """
    name = clean_name(upload.name or "", rules.extensions)
    kind = kind_of_extension(extension_of(name))
    if kind is None:
        raise refusals.extension_not_taken(name, rules.extensions)
    file = cast(BinaryIO, upload)
    size_bytes, sha256 = _measure(file, name, limit_bytes)
    check_content(file, kind, name)
    return Checked(name, kind.media_type, size_bytes, sha256)


def _measure(file: BinaryIO, name: str, limit_bytes: int) -> tuple[int, str]:
    """Size and SHA-256; what the upload claims about its size is not believed."""
    file.seek(0)
    size_bytes, digest = 0, hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            raise refusals.too_large(name, limit_bytes)
        digest.update(chunk)
    if not size_bytes:
        raise refusals.empty(name)
    return size_bytes, digest.hexdigest()


_STRANGE = {
    Strange.PROGRAM: refusals.program,
    Strange.SCRIPT: refusals.script,
    Strange.ARCHIVE: refusals.archive,
    Strange.MARKUP: refusals.markup,
}


def check_content(file: BinaryIO, kind: FileKind, name: str) -> None:
    """The content must be of the kind that the name says, whole, and nothing else besides."""
    found = find_kind(file)
    if isinstance(found, Strange):
        raise _STRANGE[found](name)
    if found is None:
        is_text = kind is TEXT
        raise refusals.not_plain_text(name) if is_text else refusals.damaged(name, kind.extension)
    if found is not kind:
        raise refusals.other_kind(name, found.extension)
    check_sound(file, kind, name)

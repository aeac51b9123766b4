"""Whether a file of a known kind is whole, holds nothing else, and unpacks to a bearable size.

A file can be two things at once: readers of PDF skip what stands in front, those of ZIP look at
the end. So what stands before the beginning or after the end is refused. Metadata inside a
picture, such as the place where it was taken, is kept as it is.
"""

import struct
from collections.abc import Callable
from typing import BinaryIO

from applications.attachments import refusals
from applications.attachments.content import HEAD_BYTES, holds_markup
from applications.attachments.kinds import JPEG, PDF, PNG, FileKind

# As far as the end record of a ZIP archive can stand from the end of a file.
_TAIL_BYTES = 65_557
_ZIP_END = b"PK\x05\x06"

# A picture of this size fills about 400 MB when it is shown.
LONGEST_SIDE = 10_000


def check_sound(file: BinaryIO, kind: FileKind, name: str) -> None:
    """Raises WrongFile when the file is cut, holds something else, or is a bomb."""
    _check_hides_nothing(file, kind, name)
    _CHECKS.get(kind, _no_check)(file, name)


def _no_check(file: BinaryIO, name: str) -> None:
    """Text was read whole already; a film's container says no more about itself."""


def _check_hides_nothing(file: BinaryIO, kind: FileKind, name: str) -> None:
    if kind.media_type == "text/plain":
        return
    head, tail = _ends_of(file)
    if _ZIP_END in tail or holds_markup(head):
        raise refusals.hides_something(name, kind.extension)


def _ends_of(file: BinaryIO) -> tuple[bytes, bytes]:
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(max(0, size - _TAIL_BYTES))
    return head, file.read(_TAIL_BYTES)


def _check_pdf(file: BinaryIO, name: str) -> None:
    head, tail = _ends_of(file)
    if not head.startswith(b"%PDF-"):
        raise refusals.hides_something(name, PDF.extension)
    if b"%%EOF" not in tail[-2048:]:
        raise refusals.damaged(name, PDF.extension)


def _check_png(file: BinaryIO, name: str) -> None:
    """Walk from chunk to chunk: the first tells the size, the last must be the end."""
    size = file.seek(0, 2)
    file.seek(8)
    length, label = _png_chunk(file, name)
    if label != b"IHDR" or length != 13:
        raise refusals.damaged(name, PNG.extension)
    sides = file.read(8)
    if len(sides) < 8:
        raise refusals.damaged(name, PNG.extension)
    _check_pixels(name, *struct.unpack(">II", sides))
    place = 8 + 12 + length
    while label != b"IEND":
        file.seek(place)
        length, label = _png_chunk(file, name)
        place += 12 + length
    if place > size:
        raise refusals.damaged(name, PNG.extension)
    if place < size:
        raise refusals.hides_something(name, PNG.extension)


def _png_chunk(file: BinaryIO, name: str) -> tuple[int, bytes]:
    header = file.read(8)
    if len(header) < 8:
        raise refusals.damaged(name, PNG.extension)
    length, label = struct.unpack(">I4s", header)
    return length, label


_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN = 0xDA


def _check_jpeg(file: BinaryIO, name: str) -> None:
    """Walk from segment to segment up to the one that tells the size."""
    file.seek(2)
    while True:
        header = file.read(4)
        if len(header) < 4 or header[0] != 0xFF or header[1] == _JPEG_SCAN:
            raise refusals.damaged(name, JPEG.extension)
        if header[1] == 0xFF:
            file.seek(-3, 1)
            continue
        if header[1] in _JPEG_SIZES:
            break
        (length,) = struct.unpack(">H", header[2:])
        if length < 2:
            raise refusals.damaged(name, JPEG.extension)
        file.seek(length - 2, 1)
    size = file.read(5)
    if len(size) < 5:
        raise refusals.damaged(name, JPEG.extension)
    height, width = struct.unpack(">HH", size[1:])
    _check_pixels(name, width, height)
    _check_jpeg_end(file, name)


def _check_jpeg_end(file: BinaryIO, name: str) -> None:
    """Some cameras write more after the end; what could run there is looked for elsewhere."""
    _head, tail = _ends_of(file)
    if b"\xff\xd9" not in tail:
        raise refusals.damaged(name, JPEG.extension)


def _check_pixels(name: str, width: int, height: int) -> None:
    if max(width, height) > LONGEST_SIDE:
        raise refusals.too_many_pixels(name, width, height, LONGEST_SIDE)


_CHECKS: dict[FileKind, Callable[[BinaryIO, str], None]] = {
    PDF: _check_pdf,
    PNG: _check_png,
    JPEG: _check_jpeg,
}

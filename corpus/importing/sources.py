"""The file as it was handed in: unpacked, recognised by its content, and identified by a hash."""

import csv
import gzip
import hashlib
import io
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from lib.errors import Refused

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_BOM = b"\xef\xbb\xbf"
_FOREIGN_BOMS = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """`path` is the unpacked file; `sha256` is that of the file as it was handed in."""

    path: Path
    scratch: Path
    format: Format
    name: str
    sha256: str


def open_source(path: Path, scratch: Path) -> Source:
    """Recognise a file by its content; its name and ending may say anything."""
    try:
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            is_packed = opened.read(2) == _GZIP
        plain = _unpack(path, scratch) if is_packed else path
    except (OSError, EOFError) as error:
        problem = _("%(file)s cannot be read: %(problem)s.")
        raise Refused(problem % {"file": path, "problem": error}) from error
    return Source(plain, scratch, _recognise(plain), path.name, digest)


def _unpack(path: Path, scratch: Path) -> Path:
    plain = scratch / "unpacked"
    with gzip.open(path) as packed, plain.open("wb") as target:
        shutil.copyfileobj(packed, target)
    return plain


def _recognise(path: Path) -> Format:
    with path.open("rb") as opened:
        start = opened.read(4096)
    if start.startswith(_PARQUET):
        return Format.PARQUET
    if start.startswith(_FOREIGN_BOMS):
        raise Refused(_("The file is written in UTF-16; save it as UTF-8."))
    text = start.removeprefix(_BOM).lstrip()
    if not text:
        raise Refused(_("The file is empty."))
    return Format.JSON if text[:1] in (b"{", b"[") else Format.CSV


def read_header(path: Path) -> tuple[list[str], str]:
    """The column names of a CSV file, and the delimiter that its first line uses most."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        start = opened.read(1_000_000)
    line = start.replace("\r", "\n").lstrip("\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=line.count)
    rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
    header = next((row for row in rows if row), [])
    return [name.strip() for name in header], delimiter

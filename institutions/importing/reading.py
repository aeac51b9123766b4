"""The records of a dump, one after the other, so that memory holds few of them at a time."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.utils.translation import gettext as _

from lib.errors import Refused

_CHUNK = 1 << 20
# Far longer than any record: beyond it the text is no JSON.
_LONGEST_RECORD = 8 << 20
_BETWEEN = re.compile(r"[\s,]*")
_ENDINGS = (".json", ".jsonl", ".ndjson")


def read_values(path: Path) -> Iterator[Any]:
    """Every value of a ZIP, JSON or JSON Lines file; whatever it may be, judge it later."""
    try:
        with _open(path) as text:
            yield from _values(text)
    except OSError as problem:
        raise Refused(_("The file cannot be read: %(why)s.") % {"why": problem}) from problem
    except UnicodeDecodeError as problem:
        raise Refused(_("The file is not text in UTF-8. Take the original dump.")) from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as problem:
        sentence = _("The ZIP file is damaged or locked (%(why)s). Download it again.")
        raise Refused(sentence % {"why": problem}) from problem


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    with ExitStack() as stack:
        file: BinaryIO = stack.enter_context(path.open("rb"))
        if file.read(4) == b"PK\x03\x04":
            archive = stack.enter_context(zipfile.ZipFile(path))
            member = stack.enter_context(archive.open(_member(archive)))
            yield io.TextIOWrapper(member, encoding="utf-8-sig")
        else:
            file.seek(0)
            yield io.TextIOWrapper(file, encoding="utf-8-sig")


def _member(archive: zipfile.ZipFile) -> str:
    """The one JSON file; older dumps bring two, of which version 2 of the schema counts."""
    names = [name for name in archive.namelist() if name.lower().endswith(_ENDINGS)]
    names = [name for name in names if not name.startswith("__MACOSX/")]
    chosen = [name for name in names if "schema_v2" in name] or names
    if len(chosen) != 1:
        sentence = _(
            "The ZIP file holds %(count)s JSON files; it has to hold one. "
            "Unpack it and name the file to import."
        )
        raise Refused(sentence % {"count": len(chosen)})
    return chosen[0]


def _values(text: TextIO) -> Iterator[Any]:
    """Take one value after the other off the front of what was read.

    A value that does not parse may only be cut off, so more is read before it is called wrong.
    """
    decode = json.JSONDecoder().raw_decode
    buffer = text.read(_CHUNK).lstrip()
    is_array, at, count = buffer.startswith("["), 0, 0
    at = int(is_array)
    while True:
        at = _after_gap(buffer, at)
        if is_array and buffer[at : at + 1] == "]":
            return
        if at < len(buffer):
            try:
                value, at = decode(buffer, at)
            except json.JSONDecodeError as problem:
                error: Exception | None = problem
            except (ValueError, RecursionError) as problem:
                raise _not_json(count) from problem
            else:
                count += 1
                yield value
                continue
        else:
            error = None
        more = text.read(_CHUNK) if len(buffer) - at < _LONGEST_RECORD else ""
        if more:
            buffer, at = buffer[at:] + more, 0
        elif error is None and not is_array:
            return
        else:
            raise _not_json(count) from error


def _after_gap(buffer: str, at: int) -> int:
    gap = _BETWEEN.match(buffer, at)
    return gap.end() if gap else at


def _not_json(count: int) -> Refused:
    sentence = _(
        "The file is no JSON after record %(count)s: it is damaged or was cut off. "
        "Download it again; nothing was written."
    )
    return Refused(sentence % {"count": count})

"""Reading what the fast reader refuses: broken text, broken rows, mixed line ends.

Each good record is written again as one clean line with its number; each bad one is refused with
its number. Slow, and used only for files with a fault.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from corpus.importing.report import RefusedRow
from corpus.importing.sources import Source
from lib.errors import Refused

Record = tuple[int, Any, str]  # number, content, what is wrong with it if anything is


def mend_csv(source: Source, delimiter: str) -> tuple[Path, list[RefusedRow]]:
    return _write_clean(source.scratch, _read_csv(source.path, delimiter))


def mend_json(source: Source, table: str) -> tuple[Path, list[RefusedRow]]:
    return _write_clean(source.scratch, _read_json(source.path, table))


def _write_clean(scratch: Path, records: Iterable[Record]) -> tuple[Path, list[RefusedRow]]:
    clean = scratch / "mended"
    refused = []
    with clean.open("w", encoding="utf-8") as target:
        for number, doc, wrong in records:
            line = "" if wrong else json.dumps({"row": number, "doc": doc}, ensure_ascii=False)
            problem = wrong or _find_broken_text(doc, line)
            if problem:
                refused.append(RefusedRow(number, problem))
            else:
                target.write(line + "\n")
    return clean, refused


def _find_broken_text(doc: Any, line: str) -> str:
    """Name the field that UTF-8 cannot hold, if there is one."""
    if _is_sound(line):
        return ""
    fields = doc if isinstance(doc, dict) else {}
    for name, value in fields.items():
        if not _is_sound(json.dumps(value, ensure_ascii=False)):
            problem = _("%(field)s holds half of a character (a lone surrogate) or is no UTF-8.")
            return problem % {"field": name}
    return _("holds half of a character (a lone surrogate) or is no UTF-8.")


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_csv(path: Path, delimiter: str) -> Iterator[Record]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as opened:
        rows = (row for row in csv.reader(opened, delimiter=delimiter) if row)
        header = [name.strip() for name in next(rows, [])]
        for number, row in enumerate(rows, start=1):
            wrong = ""
            if len(row) != len(header):
                problem = _("has %(cells)d cells where the header has %(columns)d.")
                wrong = problem % {"cells": len(row), "columns": len(header)}
            cells = zip(header, row, strict=False)
            yield number, {name: cell for name, cell in cells if cell}, wrong


def _read_json(path: Path, table: str) -> Iterator[Record]:
    number = 0
    for document, wrong in _documents(path.read_text("utf-8-sig", errors="surrogateescape")):
        for item in [document] if wrong else _items(document, table):
            number += 1
            yield number, item, wrong


def _items(document: Any, table: str) -> list[Any]:
    """The records of one document: a list, an answer of the API, or a single record."""
    if isinstance(document, list):
        return document
    answer = document.get("data") if isinstance(document, dict) else None
    if isinstance(answer, dict) and "id" not in document:
        found = answer.get(table)
        return found if isinstance(found, list) else []
    return [document]


def _documents(text: str) -> Iterator[tuple[Any, str]]:
    """Every document of the text. A broken one is refused if it has a line of its own."""
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    place = _next_letter(text, 0)
    while place < len(text):
        try:
            document, place = decoder.raw_decode(text, place)
            yield document, ""
        except (ValueError, RecursionError) as error:
            end = text.find("\n", place)
            if text[place] == "[" or (end < 0 and place == 0):
                problem = _("The file is not valid JSON: %(problem)s.")
                raise Refused(problem % {"problem": error}) from error
            yield None, _("is not valid JSON: %(problem)s.") % {"problem": error}
            place = end if end >= 0 else len(text)
        place = _next_letter(text, place)


def _refuse_constant(name: str) -> Any:
    """Python reads NaN and Infinity, which JSON does not know."""
    raise ValueError(f"{name} is no JSON")


def _next_letter(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place

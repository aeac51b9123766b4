"""The two files of a result: JSON Lines, byte-exact, and CSV for spreadsheets.

JSON Lines are the stored pages one after the other. In CSV a text that a spreadsheet would take
for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a return) gets an apostrophe in front;
control characters become U+FFFD and marks that turn the direction of writing are left out. Lists
and objects stand in their cell as JSON.
"""

import csv
import hashlib
import io
from collections.abc import Sequence
from typing import Any

import msgspec
from django.core.files import File
from django.core.files.storage import default_storage

from lib.secrets import new_secret

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"}
_DIRECTION: dict[int, str | None] = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_NEUTRAL = str.maketrans({**_CONTROL, **_DIRECTION})


def csv_cell(value: Any) -> str:
    """One value as a cell that no spreadsheet executes."""
    if isinstance(value, str):
        text = value.translate(_NEUTRAL)
        return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return msgspec.json.encode(value).decode().translate(_NEUTRAL)


class ResultFiles:
    """Both files while they grow, page by page, in files the caller has opened."""

    def __init__(
        self, csv_file: io.BufferedRandom, json_lines: io.BufferedRandom, fields: Sequence[str]
    ) -> None:
        self.csv, self.json_lines, self.fields = csv_file, json_lines, list(fields)
        self._write_rows([self.fields])

    def add(self, lines: bytes) -> None:
        """Add the JSON lines of one page."""
        self.json_lines.write(lines)
        records = msgspec.json.decode(b"[" + b",".join(lines.splitlines()) + b"]")
        self._write_rows([csv_cell(record.get(name)) for name in self.fields] for record in records)

    def _write_rows(self, rows: Any) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        self.csv.write(text.getvalue().encode())


def store_file(content: io.BufferedRandom, *, folder: str, suffix: str) -> tuple[str, str]:
    """Put a file into the storage under a name nobody can guess; answers name and SHA-256."""
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    name = default_storage.save(f"{folder}/{new_secret()}.{suffix}", File(content))
    return name, digest

"""Where the files of a corpus lie: `CARREL_HOME/corpus/<name>/<generation>/<table>/<part>.parquet`.

The parts of `videos` are UTC months, so that a query opens only the months of its window; within
a part, rows are sorted by descending id. Other tables have one part. Files never change once
written; a newer generation shares the files it did not need to rewrite.
"""

import datetime as dt
import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lib.errors import Refused

SINGLE_PART = "all"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


def corpora_folder() -> Path:
    return Path(settings.CARREL_HOME) / "corpus"


def corpus_folder(corpus: str) -> Path:
    if not _NAME.fullmatch(corpus):
        problem = _("%(name)r is no name for a corpus: use small letters, digits, - and _.")
        raise Refused(problem % {"name": corpus})
    return corpora_folder() / corpus


def generation_folder(corpus: str, generation: str) -> Path:
    return corpus_folder(corpus) / generation


def scratch_folder() -> Path:
    """Where DuckDB and the import put what they need for a moment."""
    folder = Path(settings.CARREL_HOME) / "corpus_scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def table_files(folder: Path, table: str) -> list[Path]:
    return sorted((folder / table).glob("*.parquet"))


def month_name(day: dt.date) -> str:
    """The month as files are named; `%Y` would write the year 999 with three digits."""
    return day.isoformat()[:7]


def video_files(folder: Path, start: dt.date, end: dt.date) -> list[Path]:
    """The months that a window touches; the names sort as the months do."""
    first, last = month_name(start), month_name(end)
    return [path for path in table_files(folder, "videos") if first <= path.stem <= last]

"""What the corpus holds: every table, field, unit and operation, declared once.

The API, the import, the engines, the manifests and the pages of the codebook all read these
declarations; nothing about a field is written down anywhere else.
"""

from corpus.codebook.comments import COMMENTS
from corpus.codebook.declarations import MOST_ID_DIGITS, Field, Kind, QueryField, Table
from corpus.codebook.lengths import VIDEO_LENGTHS, VideoLength
from corpus.codebook.operations import Operation
from corpus.codebook.projection import project
from corpus.codebook.regions import REGION_CODES
from corpus.codebook.users import USERS
from corpus.codebook.videos import VIDEO_QUERY_FIELDS, VIDEOS

TABLES: dict[str, Table] = {table.name: table for table in (VIDEOS, COMMENTS, USERS)}

__all__ = [
    "COMMENTS",
    "MOST_ID_DIGITS",
    "REGION_CODES",
    "TABLES",
    "USERS",
    "VIDEOS",
    "VIDEO_LENGTHS",
    "VIDEO_QUERY_FIELDS",
    "Field",
    "Kind",
    "Operation",
    "QueryField",
    "Table",
    "VideoLength",
    "project",
]

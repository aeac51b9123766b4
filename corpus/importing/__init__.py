"""Reading files into a corpus.

The way of a row: `sources` opens the file whatever its format, `reading` brings it into DuckDB as
text, `mending` reads what DuckDB refuses, `columns` finds the fields, `checking` names each row's
problem and gives the rest their types, `merging` joins them with what the corpus holds.
"""

from corpus.importing.report import ImportReport, RefusedRow

__all__ = ["ImportReport", "RefusedRow"]

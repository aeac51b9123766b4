"""Reading a dump of the Research Organization Registry into the table of institutions."""

from institutions.importing.loading import DumpRefused, load_dump
from institutions.importing.report import DumpReport

__all__ = ["DumpRefused", "DumpReport", "load_dump"]

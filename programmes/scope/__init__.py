"""What a lab was approved for: which data, which part of them, how many people, how much a day.

A decision narrows what the programme gives; what it leaves open is as the programme has it. The
words of tables and fields are the codebook's.
"""

from programmes.scope.approved import LIMITS, QUOTA_LIMITS, Scope, ScopeInvalid, read_scope
from programmes.scope.parsing import parse_scope
from programmes.scope.wording import Line, lines_of

__all__ = [
    "LIMITS",
    "QUOTA_LIMITS",
    "Line",
    "Scope",
    "ScopeInvalid",
    "lines_of",
    "parse_scope",
    "read_scope",
]

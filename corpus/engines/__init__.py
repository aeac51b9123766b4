"""The engines that answer queries. An engine is bound to one generation, which never changes."""

from corpus.engines.choice import at, current
from corpus.engines.interface import (
    BLOCK_SIZE,
    Engine,
    Frozen,
    GenerationGone,
    NothingImported,
    Period,
)

__all__ = [
    "BLOCK_SIZE",
    "Engine",
    "Frozen",
    "GenerationGone",
    "NothingImported",
    "Period",
    "at",
    "current",
]

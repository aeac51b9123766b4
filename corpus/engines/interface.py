"""What every engine offers, whatever stores the data."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from corpus.language import Query
from lib.errors import Refused

BLOCK_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class Frozen:
    """A result with its order fixed: descending id, in blocks.

    `boundaries` holds the first (greatest) id of each block. With them any block is one range of
    ids, so that a page costs the same at any depth.
    """

    total: int
    boundaries: tuple[int, ...]
    block_size: int = BLOCK_SIZE


@dataclass(frozen=True, slots=True)
class Period:
    """The days of the first and the last video, in UTC."""

    start: dt.date
    end: dt.date


class GenerationGone(Refused):
    """The files of a generation have been removed."""

    http_status = 410

    def __init__(self, corpus: str, generation: str) -> None:
        self.corpus, self.generation = corpus, generation
        problem = _(
            "The data of generation %(generation)s of the corpus %(corpus)s are no longer kept. "
            "Run the query again."
        )
        super().__init__(problem % {"generation": generation, "corpus": corpus})


class NothingImported(Refused):
    """A corpus without any published generation."""

    def __init__(self, corpus: str) -> None:
        problem = _(
            "The corpus %(corpus)s holds no data yet. "
            "Its operator can import some with manage.py import_corpus."
        )
        super().__init__(problem % {"corpus": corpus})


class Engine(Protocol):
    """One published generation of one corpus. Every method may raise `GenerationGone`."""

    @property
    def corpus(self) -> str: ...

    @property
    def generation(self) -> str: ...

    def period(self) -> Period | None:
        """The days that the videos span; None if there is no video."""
        ...

    def count(self, query: Query) -> int:
        """How many videos the query finds."""
        ...

    def freeze(self, query: Query) -> Frozen:
        """The size and the block boundaries of the result, in one pass."""
        ...

    def block(self, query: Query, frozen: Frozen, index: int) -> list[dict[str, Any]]:
        """The records of one block in the shape of the wire format; beyond the end, none."""
        ...

    def sample(self, query: Query, *, seed: int, count: int) -> list[dict[str, Any]]:
        """Up to `count` videos in random order; the same seed gives the same ones."""
        ...

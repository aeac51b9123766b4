"""Which engine answers for a corpus."""

from corpus.engines.duckdb import DuckDBEngine
from corpus.engines.interface import Engine, NothingImported
from corpus.models import Generation


def current(corpus: str) -> Engine:
    """The engine of the generation that is published now."""
    generation = Generation.objects.current(corpus)
    if generation is None:
        raise NothingImported(corpus)
    return DuckDBEngine(corpus, generation.name)


def at(corpus: str, generation: str) -> Engine:
    """The engine of one generation, such as that of a frozen search."""
    return DuckDBEngine(corpus, generation)

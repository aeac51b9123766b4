"""Invented data to try everything with: the same for the same seed, made inside DuckDB."""

from corpus.demonstration.tables import SEED, generate

__all__ = ["SEED", "generate"]

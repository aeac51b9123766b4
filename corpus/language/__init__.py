"""The query language: one grammar for the API, the browser, the estimate and the manifest."""

from corpus.language.errors import InvalidQuery
from corpus.language.parsing import parse
from corpus.language.query import Condition, Query, Value

__all__ = ["Condition", "InvalidQuery", "Query", "Value", "parse"]

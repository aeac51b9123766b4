"""The comparisons that a condition may make."""

from enum import StrEnum


class Operation(StrEnum):
    EQ = "EQ"
    IN = "IN"
    GT = "GT"
    GTE = "GTE"
    LT = "LT"
    LTE = "LTE"


EQUALITY = (Operation.EQ, Operation.IN)
ORDERED = tuple(Operation)

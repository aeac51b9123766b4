"""What an import tells of itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """`number` counts the records of the file from 1; a header is not a record."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`updated` are rows the corpus held before, and repeats within the file.

    So read = added + updated + refused, unless rows were refused and therefore none written.
    `id_addresses` are columns of addresses in which the end of a shortened id can be read.
    """

    read: int
    added: int
    updated: int
    refused: list[RefusedRow]
    unused_columns: list[str] = field(default_factory=list)
    id_addresses: list[str] = field(default_factory=list)
    generation: str = ""

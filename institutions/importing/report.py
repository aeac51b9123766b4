"""What became of the records of a dump."""

from dataclasses import dataclass, field

# A file of another kind has a fault in every row; the first ones tell enough.
_SHOWN = 20


@dataclass(frozen=True)
class RefusedRecord:
    number: int
    reason: str


@dataclass
class DumpReport:
    """Counts, and the first of the refused records with their reasons."""

    read: int = 0
    added: int = 0
    updated: int = 0
    refused: int = 0
    first_refused: list[RefusedRecord] = field(default_factory=list)

    def refuse(self, number: int, reason: str) -> None:
        self.refused += 1
        if len(self.first_refused) < _SHOWN:
            self.first_refused.append(RefusedRecord(number, reason))

    @property
    def untold(self) -> int:
        """How many refused records are not listed."""
        return self.refused - len(self.first_refused)

"""The difference between two texts, word by word, for reading."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond so many words a comparison takes too long, so the texts are shown as a whole.
_MOST_TOKENS = 6000


@dataclass(frozen=True)
class Piece:
    """A stretch of text: kept, taken away (`is_old`) or added (`is_new`)."""

    text: str
    is_old: bool = False
    is_new: bool = False

    @property
    def is_kept(self) -> bool:
        return not (self.is_old or self.is_new)


def words_diff(before: str, after: str) -> list[Piece]:
    """The pieces in the order of reading: those that are not new make the old text, those that are
    not old the new one."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) > _MOST_TOKENS:
        whole = [Piece(before, is_old=True), Piece(after, is_new=True)]
        return [Piece(after)] if before == after else [piece for piece in whole if piece.text]
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("".join(old[a:b]), is_old=True))
        if c < d:
            pieces.append(Piece("".join(new[c:d]), is_new=True))
    return pieces

"""Breaking a text into lines of a given width.

The PDF library measures a line anew with each letter; that takes seconds for a long answer, so
the lines are found here: word by word, each measured once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

# A word with the space after it; scripts without spaces may break after each letter.
_WORDS = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\s+|[^\s\u2e80-\u9fff"
    r"\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+"
)

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure) -> Iterator[str]:
    """The lines of one paragraph, none wider than `width` if a single letter is not."""
    line, used = "", 0.0
    for word in _words(text, width, measure):
        needed = measure(word)
        if line and used + needed > width and not word.isspace():
            yield line.rstrip()
            line, used = "", 0.0
        if line or not word.isspace():
            line, used = line + word, used + needed
    yield line.rstrip()


def _words(text: str, width: float, measure: Measure) -> Iterator[str]:
    """The words; one that is wider than a line comes in pieces."""
    for word in _WORDS.findall(text):
        if measure(word) <= width or word.isspace():
            yield word
        else:
            yield from _pieces(word, width, measure)


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    piece, used = "", 0.0
    for letter in _letters(word):
        needed = measure(letter)
        if piece and used + needed > width:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + letter, used + needed
    yield piece


def _letters(word: str) -> Iterator[str]:
    """Each letter with the marks that belong to it."""
    letter = ""
    for char in word:
        is_mark = unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf"}
        if letter and not is_mark and not letter.endswith("\u200d"):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def needs_shaping(text: str) -> bool:
    """Whether letters join, move or run from right to left; shaping is slow, so only then."""
    return any(map(_is_shaped, text))


def is_right_to_left(text: str) -> bool:
    """The direction of the first letter that has one."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _is_shaped(char: str) -> bool:
    if char < "\u0300":
        return False
    return (
        "\u0590" <= char <= "\u109f"
        or "\u1780" <= char <= "\u18af"
        or unicodedata.category(char)[0] == "M"
        or unicodedata.bidirectional(char) in {"R", "AL", "AN"}
    )

"""How names are compared: without accents, without case, word by word.

The same folding fills the search columns and reads what people type, so PostgreSQL needs no
extension for it.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th"},
        **{"ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ƒ": "f"},
        **{"ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ə": "e", "ƙ": "k", "ƴ": "y"},
    }
)
_ASCII_WORD = re.compile("[a-z0-9]+")
# What people write who have no such key: Zuerich, Koebenhavn, Aarhus.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

# Words that names and queries put in or leave out at will.
SMALL_WORDS = {
    *["the", "of", "and", "for", "at", "in", "on", "a", "an", "de", "la", "le", "les", "du", "des"],
    *["d", "l", "et", "der", "die", "das", "und", "fur", "van", "von", "di", "del", "della"],
    *["degli", "e", "el", "los", "y", "da", "do", "dos", "i", "w"],
}


def fold_name(text: str) -> str:
    """The words of a text in their plain form, a space between them; marks and signs drop out."""
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    small = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    plain = "".join(_plain(letter) for letter in unicodedata.normalize("NFKD", small))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _plain(letter: str) -> str:
    """Nothing for an accent, a space for what separates words, else the letter itself.

    Only the accents of European scripts drop out: in others such marks are vowels.
    """
    if "\u0300" <= letter <= "\u036f":
        return ""
    return letter if unicodedata.category(letter)[0] in "LNM" else " "


# A row folds the same name for two columns, one after the other.
@lru_cache(maxsize=256)
def spellings(text: str) -> tuple[str, ...]:
    """The folded text, and the one with umlauts spelled out where that differs."""
    plain = fold_name(text)
    spelled = fold_name(unicodedata.normalize("NFC", text).casefold().translate(_SPELLED_OUT))
    return (plain,) if spelled == plain else (plain, spelled)


def key_of(folded: str) -> str:
    """A whole name as it is looked up: a leading article is no part of it."""
    return folded.removeprefix("the ")


def query_words(text: str, *, most: int) -> list[str]:
    """The words to search for; small words count only where there is nothing else."""
    words = fold_name(text).split()
    return ([word for word in words if word not in SMALL_WORDS] or words)[:most]

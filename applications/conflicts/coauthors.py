"""Whether a person's name stands among the authors of a list of publications.

A name is no proof, so what is found here is a sentence that the person may contest.
"""

import re

from institutions.folding import fold_name

_WORD = re.compile(r"[^\W\d_]+")
# So many words may stand between a given name and the family name: "Rita M. van der Reyes".
_BETWEEN = 3


def names_author(text: str, name: str) -> bool:
    """Whether the text holds the family name beside the given name or its initial.

    Accents and capitals do not matter. "Reyes, R.", "R. Reyes" and "Rita Reyes" all name Rita
    Reyes; a family name by itself names nobody.
    """
    own = _words(name)
    if len(own) < 2:
        return False
    given, family = own[0], own[-1]
    words = _words(text)
    return any(
        _is_given(given, words, place)
        for place, word in enumerate(words)
        if word == family and len(family) > 1
    )


def _is_given(given: str, words: list[str], place: int) -> bool:
    """The word after the family name, or one of the few before it up to a full word."""
    after = words[place + 1 : place + 2]
    if after and (after[0] == given or after[0] == given[0]):
        return True
    for word in reversed(words[max(place - _BETWEEN, 0) : place]):
        if word in (given, given[0]):
            return True
        if len(word) > len("der"):
            return False
    return False


def _words(text: str) -> list[str]:
    return _WORD.findall(fold_name(text))

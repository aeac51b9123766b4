"""Domains that look like others: the same skeleton, another spelling."""

import unicodedata

# Letters of other scripts, and figures, that read as one of a to z.
_LOOK = {
    "a": "аαɑ", "b": "ьЬ", "c": "сϲⅽ", "d": "ԁⅾ", "e": "еєҽ", "g": "ɡց", "h": "һհ",
    "i": "іıιɩ", "j": "јϳ", "k": "кκ", "l": "1|ӏⅼӀ", "m": "мⅿ", "n": "пոη", "o": "0оοօσ",
    "p": "рρ", "q": "ԛգ", "r": "гᴦ", "s": "ѕꜱ5", "t": "тτ", "u": "υսц", "v": "ѵνⅴ",
    "w": "ԝѡա", "x": "хⅹ×", "y": "уүγ", "z": "ᴢ2",
}  # fmt: skip
_LETTERS = str.maketrans({look: letter for letter, looks in _LOOK.items() for look in looks})
# Pairs that read as one letter in many typefaces, and l for i.
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"), ("-", ""))


def skeleton(domain: str) -> str:
    """What the eye takes the domain for; two domains that look alike share it."""
    text = unicodedata.normalize("NFKD", _decoded(domain)).casefold()
    bare = "".join(letter for letter in text if not unicodedata.combining(letter))
    bare = bare.translate(_LETTERS)
    for pair, letter in _PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def _decoded(domain: str) -> str:
    """The letters that a mail program shows for an internationalised domain."""
    return ".".join(_label(label) for label in domain.split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label

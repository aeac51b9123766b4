"""The name a file is kept and offered under. It never decides where the file lies."""

import unicodedata
from collections.abc import Sequence

from applications.attachments import refusals

# Below the 255 at which an upload's name is cut without a word.
LONGEST_NAME = 150


def clean_name(given: str, extensions: Sequence[str]) -> str:
    """The name without folders and without characters that do not show or turn the writing round.

    Refuses a name that is too long, has nothing left, or does not end with a taken extension.
    """
    last_part = given.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in unicodedata.normalize("NFC", last_part) if _is_shown(char))
    name = " ".join(shown.split()).lstrip(". ")
    if len(name) > LONGEST_NAME:
        raise refusals.name_too_long(len(name), LONGEST_NAME)
    if not name:
        raise refusals.nameless(extensions)
    if extension_of(name) not in extensions:
        raise refusals.extension_not_taken(name, extensions)
    return name


def extension_of(name: str) -> str:
    """The end of the name in lower case, without the dot; empty if there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.strip().lower() if stem and dot else ""


def _is_shown(char: str) -> bool:
    """Joiners are part of some scripts' spelling and of emoji; other format marks deceive."""
    return char in "\u200c\u200d" or char == " " or char.isprintable()

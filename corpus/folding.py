"""How two texts are compared: composed alike (Unicode NFC), upper and lower case alike.

`ß` equals `ss` and a final `ς` equals `σ`, as Unicode's full case folding says. Letters that
only look alike stay different, and so do letters with and without accents.
"""

import unicodedata


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()

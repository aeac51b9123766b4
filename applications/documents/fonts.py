"""The fonts of PDF files, and which of them a text needs.

The first one covers Latin, Greek, Cyrillic, Hebrew, Arabic and many signs. The others are large,
so each is opened only for a text that needs it. An operator may put further ones into the folder
`fonts` of CARREL_HOME. Where no font has a character, a box stands in its place.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from lib.errors import Refused

BOX = "\u25a1"

_MAIN = "dejavu-fonts-ttf/ttf/DejaVuSans.ttf"
_BOLD = "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"
_GOOGLE = "@expo-google-fonts"
_MORE = (
    f"{_GOOGLE}/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf",
    f"{_GOOGLE}/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
    f"{_GOOGLE}/kosugi/Kosugi_400Regular.ttf",
    f"{_GOOGLE}/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf",
    f"{_GOOGLE}/gowun-dodum/400Regular/GowunDodum_400Regular.ttf",
)


@dataclass(frozen=True)
class ChosenFonts:
    """The fonts for one text, and the characters that none of them has."""

    main: Path
    bold: Path
    more: tuple[Path, ...]
    missing: frozenset[str]


def choose_fonts(texts: Iterable[str]) -> ChosenFonts:
    """The main font and as few others as the texts need. Refuses where none is installed."""
    main, bold = settings.PDF_FONTS / _MAIN, settings.PDF_FONTS / _BOLD
    if not (main.exists() and bold.exists()):
        raise Refused(
            _(
                "PDF files cannot be made here, because the fonts are not installed: the operator "
                "runs “npm ci”. The page for printing and the JSON file hold the same."
            )
        )
    missing = set().union(*texts) - set("\n\t\r") - characters_of(main)
    more = []
    for path in _further_fonts():
        found = missing & characters_of(path) if missing else set()
        if found:
            more.append(path)
            missing -= found
    return ChosenFonts(main, bold, tuple(more), frozenset(missing))


def _further_fonts() -> list[Path]:
    ours = [settings.PDF_FONTS / name for name in _MORE]
    own = sorted(settings.PDF_OWN_FONTS.glob("*.[to]tf"))
    return [path for path in (*ours, *own) if path.exists()]


@lru_cache(maxsize=32)
def characters_of(path: Path) -> frozenset[str]:
    """What a font can show; read once a process."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def showable(text: str, missing: frozenset[str]) -> str:
    """The text with a box for what no font has and for control characters; marks that only
    change how their neighbours look are left out instead."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(_shown(char, missing) for char in text)


def _shown(char: str, missing: frozenset[str]) -> str:
    category = unicodedata.category(char)
    if char == "\n" or (char not in missing and category not in {"Cc", "Cs"}):
        return char
    is_mark_only = category == "Cf" or "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0100"
    return "" if is_mark_only else BOX

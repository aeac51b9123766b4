"""Why a file is not taken. Each reason has its own sentence, which says what to do."""

from collections.abc import Sequence

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from lib.errors import Refused


class WrongFile(Refused):
    """A file that is not taken; nothing of it is kept."""


def extensions_in_words(extensions: Sequence[str]) -> str:
    return ", ".join(f".{each}" for each in extensions)


def no_file() -> WrongFile:
    return WrongFile(_("No file was sent. Choose a file and attach it."))


def nameless(extensions: Sequence[str]) -> WrongFile:
    return WrongFile(
        _(
            "The name of the file holds no letters that can be shown. Give it a plain name that "
            "ends with one of %(extensions)s and attach it again."
        )
        % {"extensions": extensions_in_words(extensions)}
    )


def name_too_long(length: int, limit: int) -> WrongFile:
    return WrongFile(
        _(
            "The name of the file has %(length)s characters, and at most %(limit)s are taken. "
            "Give it a shorter name and attach it again."
        )
        % {"length": length, "limit": limit}
    )


def extension_not_taken(name: str, extensions: Sequence[str]) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is not of a kind that is taken here. Save the document as one of "
            "%(extensions)s and attach that."
        )
        % {"name": name, "extensions": extensions_in_words(extensions)}
    )


def empty(name: str) -> WrongFile:
    return WrongFile(
        _("“%(name)s” is empty. Look whether it was saved, then attach it again.") % {"name": name}
    )


def too_large(name: str, limit_bytes: int) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is larger than %(limit)s, the most that is taken here. Save it smaller, "
            "for example with pictures of less resolution, or leave out what is not needed."
        )
        % {"name": name, "limit": filesizeformat(limit_bytes)}
    )


def upload_too_large(limit_bytes: int) -> WrongFile:
    return WrongFile(
        _(
            "What was sent is far larger than %(limit)s, the most that is taken for one file, so "
            "it was not read. Attach a smaller file."
        )
        % {"limit": filesizeformat(limit_bytes)}
    )


def unreadable_upload() -> WrongFile:
    return WrongFile(
        _(
            "The upload could not be read: it was cut off, holds too many parts, or a file has a "
            "very long name. Attach the files again, one by one and with short names."
        )
    )


def too_many(limit: int) -> WrongFile:
    if limit == 1:
        return WrongFile(_("One file is taken here: remove the one that is attached first."))
    return WrongFile(
        _("At most %(limit)s files are taken here: remove one first.") % {"limit": limit}
    )


def attached_already(name: str, other: str) -> WrongFile:
    return WrongFile(
        _("“%(name)s” is attached already, as “%(other)s”: the content is the same.")
        % {"name": name, "other": other}
    )


def program(name: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is a program, whatever its name says, and programs are not taken. Attach "
            "the document itself."
        )
        % {"name": name}
    )


def script(name: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is a script, whatever its name says, and scripts are not taken. Describe "
            "in a document what it does."
        )
        % {"name": name}
    )


def archive(name: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is an archive or an office document, which is not taken. Attach the "
            "documents one by one, saved as PDF."
        )
        % {"name": name}
    )


def markup(name: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is a web page or another file of markup (HTML, SVG or XML), whatever its "
            "name says. Print it into a PDF file and attach that."
        )
        % {"name": name}
    )


def other_kind(name: str, found: str) -> WrongFile:
    """`found` is the extension that the content goes by, without the dot."""
    return WrongFile(
        _(
            "The content of “%(name)s” is that of a .%(found)s file, which its name does not "
            "say. Save it under its right name, or choose the file you meant."
        )
        % {"name": name, "found": found}
    )


def damaged(name: str, extension: str) -> WrongFile:
    return WrongFile(
        _(
            "The content of “%(name)s” is not that of a whole .%(extension)s file. Open it, save "
            "it anew as .%(extension)s and attach that."
        )
        % {"name": name, "extension": extension}
    )


def hides_something(name: str, extension: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” holds something else beside the .%(extension)s file that it shows. Export "
            "the document anew from the program it was made with and attach that."
        )
        % {"name": name, "extension": extension}
    )


def too_many_pixels(name: str, width: int, height: int, longest: int) -> WrongFile:
    return WrongFile(
        _(
            "The picture “%(name)s” is %(width)s by %(height)s pixels; at most %(longest)s each "
            "way are taken. Save it smaller and attach that."
        )
        % {"name": name, "width": width, "height": height, "longest": longest}
    )


def not_plain_text(name: str) -> WrongFile:
    return WrongFile(
        _(
            "“%(name)s” is not plain text. Save it as text in the encoding UTF-8, or as PDF, and "
            "attach that."
        )
        % {"name": name}
    )

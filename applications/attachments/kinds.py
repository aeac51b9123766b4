"""The kinds of file that can be taken, by their media type.

Archives, office documents, HTML, SVG and XML are not among them: they can hold programs, unpack to
any size, or run in a reader's browser. Which of these kinds a question takes, it says itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileKind:
    """One kind; the first extension names it in sentences."""

    media_type: str
    extensions: tuple[str, ...]

    @property
    def extension(self) -> str:
        return self.extensions[0]


PDF = FileKind("application/pdf", ("pdf",))
PNG = FileKind("image/png", ("png",))
JPEG = FileKind("image/jpeg", ("jpg", "jpeg"))
TEXT = FileKind("text/plain", ("txt",))
MP4 = FileKind("video/mp4", ("mp4",))
MOV = FileKind("video/quicktime", ("mov",))

KINDS = (PDF, PNG, JPEG, TEXT, MP4, MOV)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)


def kind_of_extension(extension: str) -> FileKind | None:
    return next((kind for kind in KINDS if extension in kind.extensions), None)


def kind_of_media_type(media_type: str) -> FileKind | None:
    return next((kind for kind in KINDS if kind.media_type == media_type), None)

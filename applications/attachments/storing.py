"""Where attachments lie: in the default storage, below no web root, under names nobody guesses.

The name of the upload has no part in the path, so no name leads anywhere.
"""

from typing import Any

import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.models import Application, Attachment
from lib.errors import Refused
from lib.secrets import new_secret

log = structlog.get_logger(__name__)


def store(upload: "File[Any]", application: Application) -> str:
    """Keep the content; answers the path."""
    upload.seek(0)
    return default_storage.save(f"attachments/{application.pk}/{new_secret()}", upload)


def discard(path: str) -> None:
    default_storage.delete(path)


def open_content(attachment: Attachment) -> "File[bytes]":
    """The content for reading. Refuses with a sentence when the storage does not give it."""
    try:
        return default_storage.open(attachment.path)
    except OSError as problem:
        log.error("attachment_not_readable", attachment=str(attachment.pk))
        raise Refused(
            _("This file cannot be read from the storage at present. Please try again later.")
        ) from problem

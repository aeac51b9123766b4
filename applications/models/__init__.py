"""An application, the people it names, and its frozen versions."""

from applications.models.application import Application, ApplicationQuerySet
from applications.models.attachments import Attachment, AttachmentQuerySet, ScanVerdict
from applications.models.collaborators import ListedCollaborator
from applications.models.versions import ApplicationVersion

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "ApplicationVersion",
    "Attachment",
    "AttachmentQuerySet",
    "ListedCollaborator",
    "ScanVerdict",
]

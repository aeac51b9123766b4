"""An application, the form it answers, the people it names, and its frozen versions."""

from applications.models.application import Application, ApplicationQuerySet
from applications.models.attachments import Attachment, AttachmentQuerySet, ScanVerdict
from applications.models.collaborators import ListedCollaborator
from applications.models.forms import FormVersion, form_of, form_of_version
from applications.models.links import LinkedApplication, LinkInvitation
from applications.models.redactions import Redaction, RegisterPart
from applications.models.versions import ApplicationVersion

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "ApplicationVersion",
    "Attachment",
    "AttachmentQuerySet",
    "FormVersion",
    "LinkInvitation",
    "LinkedApplication",
    "ListedCollaborator",
    "Redaction",
    "RegisterPart",
    "ScanVerdict",
    "form_of",
    "form_of_version",
]

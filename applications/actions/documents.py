"""Taking the whole application away is on record, whoever does it."""

from accounts.models import User
from applications.models import Application
from audit.log import record


def note_document(
    application: Application, *, version: int, document_format: str, arrangement: str, by: User
) -> None:
    """Somebody takes the document of a version; 0 is the draft."""
    record(
        "application.document_taken",
        by=by,
        subject=application,
        details={"version": version, "format": document_format, "arrangement": arrangement},
    )

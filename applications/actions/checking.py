"""Checking a frozen version: its evidence, and what the desk's queue keeps of it."""

from applications.desk import note_for_desk
from applications.evidence import gather_evidence
from applications.models import Application
from reviews.actions import record_evidence


def record_checks(application: Application) -> Application:
    """Gather the evidence about the newest version and note its colour and words for the desk.

    To be called after each freeze and whenever something that the evidence rests on has changed.
    """
    items = gather_evidence(application)
    record_evidence(application, version=application.version_count, items=items)
    return note_for_desk(application)

"""Everything that writes an application: what the applicant does, and what staff decide."""

from applications.actions.applying import (
    add_collaborator,
    remove_collaborator,
    save_section,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.deciding import (
    approve_application,
    choose_institution,
    decline_application,
    note_viewing,
    request_changes,
)

__all__ = [
    "add_collaborator",
    "approve_application",
    "choose_institution",
    "decline_application",
    "note_viewing",
    "remove_collaborator",
    "request_changes",
    "save_section",
    "start_application",
    "submit_application",
    "withdraw_application",
]

"""Everything that writes an application: what the applicant does, and what staff decide."""

from applications.actions.applying import (
    add_collaborator,
    remove_collaborator,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.attaching import attach_file, open_attachment, remove_attachment
from applications.actions.deciding import (
    approve_application,
    choose_institution,
    decline_application,
    note_viewing,
    request_changes,
)
from applications.actions.reviewing import give_review, take_review
from applications.actions.saving import StaleAnswers, follow_form, save_section
from applications.actions.screening import (
    confirm_refusal,
    object_to_refusal,
    pass_screening,
    propose_refusal,
)

__all__ = [
    "StaleAnswers",
    "add_collaborator",
    "approve_application",
    "attach_file",
    "choose_institution",
    "confirm_refusal",
    "decline_application",
    "follow_form",
    "give_review",
    "note_viewing",
    "object_to_refusal",
    "open_attachment",
    "pass_screening",
    "propose_refusal",
    "remove_attachment",
    "remove_collaborator",
    "request_changes",
    "save_section",
    "start_application",
    "submit_application",
    "take_review",
    "withdraw_application",
]

"""Everything that writes an application: what the applicant does, and what staff decide."""

from applications.actions.appealing import appeal_application, overturn_refusal, uphold_refusal
from applications.actions.applying import (
    add_collaborator,
    remove_collaborator,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.assigning import (
    assign_reviewer,
    invite_external_reviewer,
    reassign_review,
    set_owner,
    take_review,
)
from applications.actions.attaching import attach_file, open_attachment, remove_attachment
from applications.actions.choosing import deciders, free_reviewers
from applications.actions.closing import expire_application
from applications.actions.deciding import (
    approve_application,
    choose_institution,
    decline_application,
    note_viewing,
    request_changes,
)
from applications.actions.declaring import (
    ask_back,
    declare_tie,
    declare_tie_to_file,
    end_declaration,
    lift_conflict,
    object_to_conflict,
)
from applications.actions.documents import note_document
from applications.actions.forming import (
    discard_form,
    move_question,
    publish_form,
    put_question,
    switch_question,
)
from applications.actions.linking import (
    LinkClosed,
    decline_link_invitation,
    find_link_invitation,
    hand_on_link_invitation,
    invite_linked,
    revoke_link_invitation,
    take_up_link_invitation,
)
from applications.actions.reapplying import apply_again
from applications.actions.recusing import step_back
from applications.actions.redacting import decide_redaction, request_redaction
from applications.actions.reviewing import give_review, save_review
from applications.actions.saving import StaleAnswers, follow_form, save_section
from applications.actions.screening import (
    confirm_refusal,
    object_to_refusal,
    pass_screening,
    propose_refusal,
)
from applications.actions.talking import (
    answer_thread,
    ask_question,
    reopen_thread,
    resolve_thread,
    start_thread,
)
from applications.actions.ties import close_to_tied, closes_for, sweep_conflicts
from applications.actions.timing import extend_review, recompute_due_dates

__all__ = [
    "LinkClosed",
    "StaleAnswers",
    "add_collaborator",
    "answer_thread",
    "appeal_application",
    "apply_again",
    "approve_application",
    "ask_back",
    "ask_question",
    "assign_reviewer",
    "attach_file",
    "choose_institution",
    "close_to_tied",
    "closes_for",
    "confirm_refusal",
    "decide_redaction",
    "deciders",
    "declare_tie",
    "declare_tie_to_file",
    "decline_application",
    "decline_link_invitation",
    "discard_form",
    "end_declaration",
    "expire_application",
    "extend_review",
    "find_link_invitation",
    "follow_form",
    "free_reviewers",
    "give_review",
    "hand_on_link_invitation",
    "invite_external_reviewer",
    "invite_linked",
    "lift_conflict",
    "move_question",
    "note_document",
    "note_viewing",
    "object_to_conflict",
    "object_to_refusal",
    "open_attachment",
    "overturn_refusal",
    "pass_screening",
    "propose_refusal",
    "publish_form",
    "put_question",
    "reassign_review",
    "recompute_due_dates",
    "remove_attachment",
    "remove_collaborator",
    "reopen_thread",
    "request_changes",
    "request_redaction",
    "resolve_thread",
    "revoke_link_invitation",
    "save_review",
    "save_section",
    "set_owner",
    "start_application",
    "start_thread",
    "step_back",
    "submit_application",
    "sweep_conflicts",
    "switch_question",
    "take_review",
    "take_up_link_invitation",
    "uphold_refusal",
    "withdraw_application",
]

"""The mails about an application, one function for each, by who reads them."""

from applications.emails.applicants import (
    ask_for_changes,
    confirm_appeal,
    confirm_submission,
    tell_closed,
    tell_extension,
    tell_missed_date,
    warn_of_closing,
)
from applications.emails.letters import Letter, decision_letter, send_decision
from applications.emails.reviewers import (
    ask_for_external_review,
    ask_for_review,
    ask_to_confirm,
    ask_to_decide,
    ask_to_screen,
    remind_staff,
    tell_operators_few,
    tell_review_moved,
)
from applications.emails.talking import tell_applicant_of_message, tell_staff_of_message
from applications.emails.team import tell_removed

__all__ = [
    "Letter",
    "ask_for_changes",
    "ask_for_external_review",
    "ask_for_review",
    "ask_to_confirm",
    "ask_to_decide",
    "ask_to_screen",
    "confirm_appeal",
    "confirm_submission",
    "decision_letter",
    "remind_staff",
    "send_decision",
    "tell_applicant_of_message",
    "tell_closed",
    "tell_extension",
    "tell_missed_date",
    "tell_operators_few",
    "tell_removed",
    "tell_review_moved",
    "tell_staff_of_message",
    "warn_of_closing",
]

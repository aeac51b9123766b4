"""Everything that writes about what is judged: facts, opinions, decisions, clocks, absences."""

from reviews.actions.absences import end_absence, set_absence
from reviews.actions.clocks import close_pause, note_once, open_pause, record_extension
from reviews.actions.conflicts import declare_conflict
from reviews.actions.evidence import EvidenceItem, record_evidence
from reviews.actions.judging import (
    assign_review,
    hand_on_review,
    record_decision,
    reopen_review,
)
from reviews.actions.talking import (
    LONGEST_MESSAGE,
    add_message,
    mark_read,
    open_thread,
    reopen_thread,
    resolve_thread,
)

__all__ = [
    "LONGEST_MESSAGE",
    "EvidenceItem",
    "add_message",
    "assign_review",
    "close_pause",
    "declare_conflict",
    "end_absence",
    "hand_on_review",
    "mark_read",
    "note_once",
    "open_pause",
    "open_thread",
    "record_decision",
    "record_evidence",
    "record_extension",
    "reopen_review",
    "reopen_thread",
    "resolve_thread",
    "set_absence",
]

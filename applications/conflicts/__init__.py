"""Conflicts of interest: finding them in what Carrel knows, and writing them down.

Every conflict closes the file. They are written when a version is submitted, kept up to date by a
sweep, and looked for once more, for the one person, before a file opens or a decision is written.
"""

from applications.conflicts.finding import Tie, find_ties, is_tied_now
from applications.conflicts.recording import note_conflicts

__all__ = ["Tie", "find_ties", "is_tied_now", "note_conflicts"]

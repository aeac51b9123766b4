"""Judging, of whatever kind: facts, opinions, talk and clocks about a subject.

The subject is named by kind and id, because what is judged lives in apps above this one.
"""

from reviews.models.clocks import Extension, Notice, Pause
from reviews.models.declarations import Declaration
from reviews.models.judging import (
    Appeal,
    Asserter,
    Colour,
    Decision,
    Evidence,
    Outcome,
    Review,
)
from reviews.models.reviewers import Absence, Conflict, ConflictKind, SavedView, Snippet
from reviews.models.subjects import AboutSubject, SubjectQuerySet
from reviews.models.talking import Thread, ThreadMessage, ThreadReading, Visibility

__all__ = [
    "AboutSubject",
    "Absence",
    "Appeal",
    "Asserter",
    "Colour",
    "Conflict",
    "ConflictKind",
    "Decision",
    "Declaration",
    "Evidence",
    "Extension",
    "Notice",
    "Outcome",
    "Pause",
    "Review",
    "SavedView",
    "Snippet",
    "SubjectQuerySet",
    "Thread",
    "ThreadMessage",
    "ThreadReading",
    "Visibility",
]

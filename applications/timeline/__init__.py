"""Where an application stands, in words for its applicant: what happened, what is next, and when.

Only what applicants may know: never who reviewed, no private note, no refusal that is merely
proposed.
"""

from applications.timeline.decided import ReadDecision, read_decisions
from applications.timeline.events import Event, events_of
from applications.timeline.standing import Stage, Standing, standing_of

__all__ = [
    "Event",
    "ReadDecision",
    "Stage",
    "Standing",
    "events_of",
    "read_decisions",
    "standing_of",
]

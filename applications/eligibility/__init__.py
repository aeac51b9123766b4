"""The self-check: whether somebody would qualify, criterion by criterion, and what to do next."""

from applications.eligibility.answers import (
    INSTITUTION,
    NO,
    UNSURE,
    YES,
    Stay,
    Workplace,
    carried_answers,
    carried_query,
)
from applications.eligibility.judging import Judgement, Outcome, State, Verdict, judge
from applications.eligibility.outside import Outside

__all__ = [
    "INSTITUTION",
    "NO",
    "UNSURE",
    "YES",
    "Judgement",
    "Outcome",
    "Outside",
    "State",
    "Stay",
    "Verdict",
    "Workplace",
    "carried_answers",
    "carried_query",
    "judge",
]

"""The policy as rows: what the operator decides. Rules that read them live in the apps above."""

from programmes.models.criteria import Criterion, Terms
from programmes.models.history import PolicyChange
from programmes.models.interest import Interest, InterestKind
from programmes.models.programme import (
    SEATS_FOR_COLLABORATORS,
    AbroadRule,
    Programme,
    ProgrammeManager,
    RoleRule,
)
from programmes.models.reasons import ReasonCode, ReasonOutcome
from programmes.models.texts import in_language

__all__ = [
    "SEATS_FOR_COLLABORATORS",
    "AbroadRule",
    "Criterion",
    "Interest",
    "InterestKind",
    "PolicyChange",
    "Programme",
    "ProgrammeManager",
    "ReasonCode",
    "ReasonOutcome",
    "RoleRule",
    "Terms",
    "in_language",
]

"""Everything that writes a policy."""

from programmes.actions.copying import copy_programme
from programmes.actions.criteria import change_criterion
from programmes.actions.defaults import ensure_default_programme, ensure_reason_codes
from programmes.actions.interest import (
    ask_to_be_told,
    confirm_interest,
    find_interest,
    forget_interests,
    stop_interest,
    tell_interested,
)
from programmes.actions.policy import PolicyMoved, change_policy
from programmes.actions.reasons import (
    add_reason_code,
    change_reason_code,
    order_reason_codes,
    restore_reason_code,
    retire_reason_code,
)
from programmes.actions.terms import publish_terms

__all__ = [
    "PolicyMoved",
    "add_reason_code",
    "ask_to_be_told",
    "change_criterion",
    "change_policy",
    "change_reason_code",
    "confirm_interest",
    "copy_programme",
    "ensure_default_programme",
    "ensure_reason_codes",
    "find_interest",
    "forget_interests",
    "order_reason_codes",
    "publish_terms",
    "restore_reason_code",
    "retire_reason_code",
    "stop_interest",
    "tell_interested",
]

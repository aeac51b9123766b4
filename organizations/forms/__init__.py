"""What the pages of a lab ask. Rules live in the actions."""

from organizations.forms.members import ClientForm, ProposeForm, QueryRuleForm
from organizations.forms.scopes import ChangeScopeForm, ScopeForm, initial_of

__all__ = [
    "ChangeScopeForm",
    "ClientForm",
    "ProposeForm",
    "QueryRuleForm",
    "ScopeForm",
    "initial_of",
]

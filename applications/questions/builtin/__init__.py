"""The form that a new programme starts with: the model form's questions T1 to T47, and ours.

It follows the model programme. What belongs to its branch for not-for-profit bodies is here but
off; so are questions that the registry, the account or the list of people answer better.
"""

from applications.questions.builtin.contact import CONTACT
from applications.questions.builtin.people import COLLABORATORS
from applications.questions.builtin.period import PERIOD
from applications.questions.builtin.project import EXPERTISE, PROJECT, PUBLIC
from applications.questions.builtin.safeguards import FUNDING, SECURITY
from applications.questions.builtin.terms import TERMS
from applications.questions.definition import Definition

BUILTIN = Definition(
    (
        CONTACT,
        EXPERTISE,
        PROJECT,
        PUBLIC,
        PERIOD,
        FUNDING,
        SECURITY,
        COLLABORATORS,
        TERMS,
    )
)

# What the portal itself reads by name: labs, evidence and pages would break without it.
NEEDED = frozenset(
    {
        "full_name",
        "role",
        "institution",
        "institution_name",
        "works_in",
        "team_name",
        "project_title",
        "summary",
        "public_summary",
        "starts_on",
        "access_days",
        "is_funded",
        "has_conflict",
        "shares_data",
        "collaborators",
        "terms_accepted",
    }
)

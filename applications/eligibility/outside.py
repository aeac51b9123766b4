"""Who is outside of a programme, group by group: why, what next, and what they may wait for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.eligibility.answers import NO, Workplace
from programmes import groups
from programmes.models import InterestKind, Programme, RoleRule
from programmes.regions import standing
from programmes.settings import PRINCIPAL_ROLES

# The group of each kind of workplace that a programme may leave out.
GROUP_OF_WORKPLACE = {
    Workplace.CIVIL_SOCIETY: groups.CIVIL_SOCIETY,
    Workplace.COMMERCIAL: groups.COMMERCIAL,
    Workplace.CREATOR: groups.CREATOR,
    Workplace.ADVERTISER: groups.ADVERTISER,
    Workplace.INDEPENDENT: groups.INDEPENDENT,
}

# The registry's word for a kind of workplace: named by the policy, it is taken in.
_KIND_OF_WORKPLACE = {Workplace.CIVIL_SOCIETY: "nonprofit", Workplace.COMMERCIAL: "company"}


@dataclass(frozen=True)
class Outside:
    """One group that the answers belong to, in the words of the policy."""

    group: str
    title: str
    explanation: str
    next_step: str
    missing: tuple[str, ...] = ()
    # What they may ask to be told about, and for which country.
    wait_for: str = ""
    country_code: str = ""


def takes_workplace(programme: Programme, workplace: str) -> bool:
    """Whether the policy includes a kind of workplace that is left out by default."""
    kinds = {str(place): kind for place, kind in _KIND_OF_WORKPLACE.items()}
    return kinds.get(workplace) in programme.institution_kinds


def groups_of(
    programme: Programme, answers: Mapping[str, str], unmet: set[str], missing: list[str]
) -> list[Outside]:
    """Every group that the answers belong to; `unmet` are the codes of judgements that failed."""
    return [
        _outside(programme, group, answers, missing)
        for group in dict.fromkeys(_found(programme, answers, unmet))
    ]


def _found(programme: Programme, answers: Mapping[str, str], unmet: set[str]) -> Iterator[str]:
    workplace = answers["workplace"]
    if not standing(answers["country"], programme.country_codes).is_covered:
        yield groups.REGION
    if "place_of_work" in unmet:
        yield groups.ABROAD
    if workplace in GROUP_OF_WORKPLACE and not takes_workplace(programme, workplace):
        yield GROUP_OF_WORKPLACE[Workplace(workplace)]
    if answers.get("non_commercial") == NO:
        yield groups.COMMERCIAL
    if (
        answers.get("role") == "student"
        and programme.principal_roles.get("student") != RoleRule.YES
    ):
        yield groups.STUDENT
    if answers.get("developer_account"):
        yield groups.DEVELOPER


def _outside(
    programme: Programme, group: str, answers: Mapping[str, str], missing: list[str]
) -> Outside:
    explanation, next_step = groups.words_for(programme, group)
    kinds = {
        groups.REGION: InterestKind.REGION,
        groups.CIVIL_SOCIETY: InterestKind.CIVIL_SOCIETY,
    }
    still = [*missing, _("An application for a specific project, and its approval")]
    return Outside(
        group,
        str(groups.GROUPS[group].title),
        explanation,
        next_step,
        tuple(still) if group == groups.DEVELOPER else (),
        kinds.get(group, ""),
        answers["country"],
    )


def rule_for_role(programme: Programme, role: str) -> tuple[RoleRule, str]:
    """What the policy says about a role as the lead of a lab, with the sentence."""
    rule = RoleRule(programme.principal_roles.get(role, RoleRule.STAFF))
    sentences = {
        RoleRule.YES: _("In this role you may apply as the principal researcher: %(role)s."),
        RoleRule.ADVISOR: _("You may apply with the endorsement of your advisor: %(role)s."),
        RoleRule.STAFF: _("Staff decide about this role from your application: %(role)s."),
        RoleRule.NO: _("In this role you may join a lab, but not lead one: %(role)s."),
    }
    return rule, sentences[rule] % {"role": PRINCIPAL_ROLES.get(role, role)}

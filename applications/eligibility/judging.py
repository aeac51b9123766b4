"""Judging the answers of the self-check by the policy of one programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from applications.eligibility.answers import INSTITUTION, NO, YES, Stay, Workplace
from applications.eligibility.outside import (
    GROUP_OF_WORKPLACE,
    Outside,
    groups_of,
    rule_for_role,
    takes_workplace,
)
from programmes.groups import words_for
from programmes.models import AbroadRule, Criterion, Programme, RoleRule
from programmes.regions import name_of, standing


class State(Enum):
    """How one criterion stands."""

    MET = "met"
    UNMET = "unmet"
    UNSURE = "unsure"


class Outcome(Enum):
    """What the self-check says on the whole."""

    YES = "yes"
    NO = "no"
    STAFF = "staff"


@dataclass(frozen=True)
class Judgement:
    """One criterion with the sentence of reason."""

    code: str
    title: str
    state: State
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """The whole answer; `outside` explains each group that the programme does not take as it is."""

    outcome: Outcome
    judgements: list[Judgement]
    outside: list[Outside]
    next_steps: list[str]

    @property
    def may_apply(self) -> bool:
        return self.outcome is not Outcome.NO


def judge(programme: Programme, answers: Mapping[str, str]) -> Verdict:
    """Judge a complete set of answers: `country`, `workplace`, and one for each other criterion.

    `residence`, `stay`, `role` and `developer_account` are judged where they are given.
    """
    judgements = [_judge_one(programme, each, answers) for each in programme.criteria.all()]
    judgements += [*_judge_place(programme, answers), *_judge_role(programme, answers)]
    outcome = _outcome({judgement.state for judgement in judgements})
    unmet = {each.code for each in judgements if each.state is State.UNMET}
    missing = [each.title for each in judgements if each.state is not State.MET]
    outside = groups_of(programme, answers, unmet, missing)
    return Verdict(outcome, judgements, outside, _next_steps(outcome, outside))


def _outcome(states: set[State]) -> Outcome:
    if State.UNMET in states:
        return Outcome.NO
    return Outcome.STAFF if State.UNSURE in states else Outcome.YES


def _judge_one(programme: Programme, criterion: Criterion, answers: Mapping[str, str]) -> Judgement:
    if criterion.code == INSTITUTION:
        state, sentence = _judge_institution(programme, criterion, answers)
    else:
        given = answers.get(criterion.code, "")
        state = {YES: State.MET, NO: State.UNMET}.get(given, State.UNSURE)
        sentence = criterion.text(f"sentence_if_{state.value}")
    return Judgement(criterion.code, criterion.text("title"), state, sentence)


def _judge_institution(
    programme: Programme, criterion: Criterion, answers: Mapping[str, str]
) -> tuple[State, str]:
    """Country and kind both have to fit; the sentence names the one that does not."""
    workplace = answers["workplace"]
    country = standing(answers["country"], programme.country_codes)
    if not country.is_covered:
        return State.UNMET, f"{country.sentence} {criterion.text('sentence_if_unmet')}"
    if workplace == Workplace.ACADEMIC or takes_workplace(programme, workplace):
        return State.MET, f"{criterion.text('sentence_if_met')} {country.sentence}"
    if workplace in GROUP_OF_WORKPLACE:
        explanation, _next = words_for(programme, GROUP_OF_WORKPLACE[Workplace(workplace)])
        return State.UNMET, explanation
    return State.UNSURE, criterion.text("sentence_if_unsure")


def _judge_place(programme: Programme, answers: Mapping[str, str]) -> Iterator[Judgement]:
    """Where the person works has a rule of its own, apart from where the institution is."""
    residence = answers.get("residence") or answers["country"]
    if residence != answers["country"]:
        state, sentence = _place(programme, residence, answers.get("stay", ""))
        yield Judgement("place_of_work", _("Where you work"), state, sentence)


def _place(programme: Programme, residence: str, stay: str) -> tuple[State, str]:
    place = standing(residence, programme.country_codes)
    if place.is_covered:
        return State.MET, place.sentence
    words = {"place": name_of(residence), "days": programme.temporary_travel_days}
    if programme.works_abroad_rule == AbroadRule.ANYWHERE:
        return State.MET, _("You may work in %(place)s too.") % words
    if programme.works_abroad_rule == AbroadRule.STAFF:
        return State.UNSURE, _("Staff decide whether you may work in %(place)s.") % words
    limit = _("Temporary travel to a country that is not open may last up to %(days)s days.")
    if stay == Stay.TEMPORARY:
        return State.MET, limit % words
    if stay == Stay.LASTING:
        return State.UNMET, f"{place.sentence} {limit % words}"
    return State.UNSURE, f"{limit % words} " + _("Say in your application how long you stay.")


def _judge_role(programme: Programme, answers: Mapping[str, str]) -> Iterator[Judgement]:
    if answers.get("role"):
        rule, sentence = rule_for_role(programme, answers["role"])
        states = {RoleRule.YES: State.MET, RoleRule.NO: State.UNMET}
        yield Judgement("role", _("Your role"), states.get(rule, State.UNSURE), sentence)


def _next_steps(outcome: Outcome, outside: list[Outside]) -> list[str]:
    """What to do, for the answers as a whole; each group brings its own step besides."""
    if outcome is Outcome.YES:
        return [_("Start your application: it is saved as you go, one section a page.")]
    if outcome is Outcome.STAFF:
        return [
            _("You may apply: say in the application what you are not sure about. Staff decide.")
        ]
    if outside:
        return []
    return [
        _(
            "Once the points above have changed, check again. Somebody who meets them "
            "can lead the project, with you as a collaborator."
        )
    ]

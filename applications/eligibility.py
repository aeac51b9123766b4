"""The self-check: whether somebody would qualify, criterion by criterion, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from programmes.models import Criterion, Programme

YES, NO, UNSURE = "yes", "no", "unsure"

# The one criterion that is asked as two questions: where, and what kind of place.
INSTITUTION = "institution"


class Workplace(TextChoices):
    """What kind of place somebody works at, in their own words."""

    ACADEMIC = "academic", gettext_lazy("A non-profit academic institution, such as a university")
    CIVIL_SOCIETY = (
        "civil_society",
        gettext_lazy("A civil society or other non-profit organisation"),
    )
    COMMERCIAL = "commercial", gettext_lazy("A company; or I am a creator or an advertiser")
    UNSURE = "unsure", gettext_lazy("I am not sure")


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
    """The whole answer."""

    outcome: Outcome
    judgements: list[Judgement]
    next_steps: list[str]

    @property
    def may_apply(self) -> bool:
        return self.outcome is not Outcome.NO


def judge(programme: Programme, answers: Mapping[str, str]) -> Verdict:
    """Judge a complete set of answers: `country`, `workplace`, and one for each other criterion."""
    judgements = [_judge_one(programme, each, answers) for each in programme.criteria.all()]
    states = {judgement.state for judgement in judgements}
    if State.UNMET in states:
        outcome = Outcome.NO
    elif State.UNSURE in states:
        outcome = Outcome.STAFF
    else:
        outcome = Outcome.YES
    return Verdict(outcome, judgements, _next_steps(programme, outcome, answers))


def _judge_one(programme: Programme, criterion: Criterion, answers: Mapping[str, str]) -> Judgement:
    if criterion.code == INSTITUTION:
        state, sentence = _judge_institution(programme, criterion, answers)
    else:
        state = {YES: State.MET, NO: State.UNMET}.get(answers[criterion.code], State.UNSURE)
        sentence = criterion.text(f"sentence_if_{state.value}")
    return Judgement(criterion.code, criterion.text("title"), state, sentence)


def _judge_institution(
    programme: Programme, criterion: Criterion, answers: Mapping[str, str]
) -> tuple[State, str]:
    """Country and kind both have to fit; the sentence names the one that does not."""
    workplace, unmet = answers["workplace"], criterion.text("sentence_if_unmet")
    if not _is_open(programme, answers):
        country = countries.name(answers["country"])
        return State.UNMET, _("%(country)s is not open yet.") % {"country": country} + " " + unmet
    if workplace == Workplace.CIVIL_SOCIETY:
        return State.UNMET, _("Civil society is not included yet.") + " " + unmet
    if workplace == Workplace.COMMERCIAL:
        return State.UNMET, unmet
    if workplace == Workplace.ACADEMIC:
        return State.MET, criterion.text("sentence_if_met")
    return State.UNSURE, criterion.text("sentence_if_unsure")


def _is_open(programme: Programme, answers: Mapping[str, str]) -> bool:
    return answers["country"] in programme.country_codes


def _next_steps(programme: Programme, outcome: Outcome, answers: Mapping[str, str]) -> list[str]:
    steps = _ways_in(outcome) + _ways_elsewhere(programme, answers)
    if not steps:
        steps.append(
            _(
                "Once the points above have changed, check again. Somebody who meets them "
                "can lead the project, with you as a collaborator."
            )
        )
    steps.append(
        _(
            "A developer account by itself gives no access: it needs an approved "
            "application for a specific project."
        )
    )
    return steps


def _ways_in(outcome: Outcome) -> list[str]:
    if outcome is Outcome.YES:
        return [_("Start your application: it is saved as you go, one section a page.")]
    if outcome is Outcome.STAFF:
        return [
            _("You may apply: say in the application what you are not sure about. Staff decide.")
        ]
    return []


def _ways_elsewhere(programme: Programme, answers: Mapping[str, str]) -> list[str]:
    """What those can do whom the programme does not take, or not yet."""
    steps = []
    if not _is_open(programme, answers):
        steps.append(
            _(
                "Other regions are being worked on. The list below shows which are open; "
                "come back to look."
            )
        )
    if answers["workplace"] == Workplace.CIVIL_SOCIETY:
        steps.append(
            _(
                "Widening the programme to civil society is being worked on. You may work "
                "as a collaborator only where an academic institution employs you."
            )
        )
    if answers["workplace"] == Workplace.COMMERCIAL or answers.get("non_commercial") == NO:
        steps.append(
            _(
                "Creators, advertisers and businesses find what they need in the "
                "platform's business and creator products."
            )
        )
    return steps

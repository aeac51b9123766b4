"""The list that the applicant reads: each rule with the answer, what is missing or what was found.

Before submitting it is computed by the checks themselves, without writing anything; afterwards it
is read from the frozen evidence, so that applicant and reviewer speak of the same rows. What the
checks say of other people (`Check.is_for_staff`) is left out: whether somebody has an account, or
what somebody else applies for, is nobody's to find out by filling in a form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from applications.completeness import Missing
from applications.evidence.checks import CHECKS, Check
from applications.evidence.facts import Facts
from applications.models import Application
from applications.reading import read_answer
from reviews.actions import EvidenceItem
from reviews.models import Colour, Evidence

_ORDER = [Colour.GREEN, Colour.YELLOW, Colour.RED]


@dataclass(frozen=True)
class Rule:
    """One check as the applicant reads it; with something missing, nothing was looked at."""

    title: str
    answer: str = ""
    missing: list[Missing] = field(default_factory=list)
    found: Sequence[EvidenceItem | Evidence] = ()

    @property
    def colour(self) -> Colour:
        """The gravest of what was found; what is missing needs a look."""
        if self.missing:
            return Colour.YELLOW
        return max((Colour(each.colour) for each in self.found), key=_ORDER.index)


def rules_of(application: Application, missing: Sequence[Missing]) -> list[Rule]:
    """`missing` is what completeness lacks; both together are what a reviewer would see."""
    shown = [check for check in CHECKS if not check.is_for_staff]
    if not application.is_editable:
        return _frozen(application, shown)
    return list(_as_it_stands(application, shown, missing))


def _as_it_stands(
    application: Application, shown: Sequence[Check], missing: Sequence[Missing]
) -> Iterator[Rule]:
    facts = Facts(application)
    for check in shown:
        lacks = [each for each in missing if each.question_key in check.questions]
        if lacks:
            yield Rule(str(check.title), _answer(facts, check), missing=lacks)
        elif found := check.run(facts):
            yield Rule(str(check.title), _answer(facts, check), found=found)


def _answer(facts: Facts, check: Check) -> str:
    question = facts.form.question(next(iter(check.questions), ""))
    if question is None or not question.kind.has_field:
        return ""
    return read_answer(question, facts.answers.get(question.key))


def _frozen(application: Application, shown: Sequence[Check]) -> list[Rule]:
    """What the latest version was found to be; its own answers stand beside it on the page."""
    rows = list(Evidence.objects.about(application).filter(version=application.version_count))
    by_check = ((check, [row for row in rows if row.kind == check.kind]) for check in shown)
    return [Rule(str(check.title), found=found) for check, found in by_check if found]

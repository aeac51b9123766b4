"""The form as it is asked: the questions that are on, and which of them a person is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy

from applications.questions.definition import Definition
from applications.questions.kinds import Answers, Condition, Kind, Question, Section
from programmes.regions import codes_of

# Groups of countries that a condition may name instead of one.
OUTSIDE, UNITED_STATES, ELSEWHERE = "@outside", "@us", "@not-us"
US_CODES = frozenset(codes_of(["US"]))


@dataclass(frozen=True)
class Form:
    """One version of a programme's form, ready to be answered.

    `covered` holds the countries that the programme is open for, which some conditions ask about.
    """

    number: int
    sections: tuple[Section, ...]
    covered: frozenset[str] = frozenset()

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def neighbour(self, here: Section, step: int) -> Section | None:
        """The section before (-1) or after (+1)."""
        place = [section.key for section in self.sections].index(here.key) + step
        return self.sections[place] if 0 <= place < len(self.sections) else None

    def shown(self, section: Section, answers: Answers) -> list[Question]:
        return [question for question in section.questions if self.is_shown(question, answers)]

    def is_shown(self, question: Question, answers: Answers) -> bool:
        """Whether the answers call for it. What is not shown itself counts by its `if_off`."""
        return all(self._holds(condition, answers) for condition in question.shown_if)

    def _holds(self, condition: Condition, answers: Answers) -> bool:
        asked = self.question(condition.key)
        if asked is None:
            return False
        shown = self.is_shown(asked, answers)
        given = (answers.get(condition.key) or "") if shown else asked.if_off
        if condition.answer in _GROUPS:
            return bool(given) and _GROUPS[condition.answer](self.covered, given)
        return condition.answer in given if isinstance(given, list) else given == condition.answer


_GROUPS = {
    OUTSIDE: lambda covered, code: code not in covered,
    UNITED_STATES: lambda covered, code: code in US_CODES,
    ELSEWHERE: lambda covered, code: code not in US_CODES,
}
GROUPS = tuple(_GROUPS)
_GROUP_NAMES = {
    OUTSIDE: gettext_lazy("a country in which the programme is not open"),
    UNITED_STATES: gettext_lazy("the United States or a territory of them"),
    ELSEWHERE: gettext_lazy("another country than the United States"),
}


def names_in_group(group: str) -> str:
    """What a group of countries is called in a sentence."""
    return str(_GROUP_NAMES[group])


def form_from(definition: Definition, number: int) -> Form:
    """The form without the questions that are off, and without sections that have none left."""
    sections = [
        replace(section, questions=tuple(_asked(section, definition)))
        for section in definition.sections
    ]
    return Form(number, tuple(section for section in sections if section.questions))


def _asked(section: Section, definition: Definition) -> Iterator[Question]:
    """Conditions on a question that is off are settled here, by the answer it counts as having."""
    for question in section.questions:
        if not question.is_on:
            continue
        settled = [each for each in question.shown_if if not _is_on(each.key, definition)]
        if all(_counts_as(each.key, definition) == each.answer for each in settled):
            open_ones = tuple(each for each in question.shown_if if each not in settled)
            yield replace(question, shown_if=open_ones)


def _is_on(key: str, definition: Definition) -> bool:
    question = definition.question(key)
    return question is not None and question.is_on


def _counts_as(key: str, definition: Definition) -> str:
    question = definition.question(key)
    return question.if_off if question is not None else ""


def public_questions(form: Form) -> list[Question]:
    """Those whose answers may stand in the public register."""
    return [each for each in form.questions if each.is_public and each.kind is not Kind.FILE]

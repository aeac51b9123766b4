"""A whole form as data: every question, asked or not, and its way into JSON and back."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any

from applications.questions.kinds import Condition, FileRules, Kind, Phrase, Question, Section


@dataclass(frozen=True)
class Definition:
    """The sections with all their questions, also those that are off."""

    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def section_with(self, key: str) -> Section:
        """The section that a question stands in."""
        return next(
            section
            for section in self.sections
            if any(question.key == key for question in section.questions)
        )


def to_json(definition: Definition) -> dict[str, Any]:
    return {"sections": [_section_to_json(section) for section in definition.sections]}


def _section_to_json(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": dict(section.title.texts),
        "intro": dict(section.intro.texts),
        "questions": [_question_to_json(question) for question in section.questions],
    }


def _question_to_json(question: Question) -> dict[str, Any]:
    """What says nothing beyond the default is left out, so that the data stay readable."""
    return {
        field.name: _value_to_json(getattr(question, field.name))
        for field in fields(Question)
        if field.default is MISSING or getattr(question, field.name) != field.default
    }


def _value_to_json(value: Any) -> Any:
    if isinstance(value, Phrase):
        return dict(value.texts)
    if isinstance(value, Kind):
        return value.value
    if isinstance(value, FileRules):
        return {**vars(value), "extensions": list(value.extensions)}
    if isinstance(value, Condition):
        return [value.key, value.answer]
    if isinstance(value, tuple):
        return [_value_to_json(each) for each in value]
    return value


def from_json(data: dict[str, Any]) -> Definition:
    return Definition(tuple(_section_from_json(section) for section in data["sections"]))


def _section_from_json(data: dict[str, Any]) -> Section:
    return Section(
        data["key"],
        _phrase(data["title"]),
        _phrase(data["intro"]),
        tuple(_question_from_json(question) for question in data["questions"]),
    )


def _question_from_json(data: dict[str, Any]) -> Question:
    return Question(**{name: _READERS.get(name, _as_it_is)(data[name]) for name in _known(data)})


def _known(data: dict[str, Any]) -> Iterator[str]:
    return (field.name for field in fields(Question) if field.name in data)


def _as_it_is(value: Any) -> Any:
    return value


def _phrase(data: dict[str, str]) -> Phrase:
    return Phrase(tuple(data.items()))


_READERS: dict[str, Any] = {
    "label": _phrase,
    "help": _phrase,
    "kind": Kind,
    "options": lambda data: tuple((code, _phrase(label)) for code, label in data),
    "shown_if": lambda data: tuple(Condition(key, answer) for key, answer in data),
    "file_rules": lambda data: FileRules(
        tuple(data["extensions"]), data["count"], data["size_bytes"]
    ),
}

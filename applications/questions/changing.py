"""A form with one thing changed, and what differs between two forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.questions.definition import Definition
from applications.questions.kinds import Question, Section

_LONGEST_KEY = 40

_NAMES: dict[str, str | Promise] = {
    "label": gettext_lazy("Text"),
    "help": gettext_lazy("Help"),
    "limit": gettext_lazy("Most characters"),
    "words": gettext_lazy("Most words"),
    "options": gettext_lazy("Answers to choose from"),
    "is_required": gettext_lazy("Required"),
    "shown_if": gettext_lazy("Shown only if"),
    "file_rules": gettext_lazy("Files"),
    "is_public": gettext_lazy("Public"),
    "element": gettext_lazy("Element of Article 40(8)"),
    "heading": gettext_lazy("Heading of the Five Safes"),
}


@dataclass(frozen=True)
class Difference:
    """What is not the same about one question."""

    label: str
    what: str


def with_question(definition: Definition, question: Question, section_key: str) -> Definition:
    """With the question in this section: changed in its place, or at the end if it is new there."""
    here = _section_of(definition, question.key)
    if here is not None and here.key == section_key:
        return _map(definition, question.key, lambda _old: question)
    without = _without(definition, question.key)
    return Definition(
        tuple(
            replace(each, questions=(*each.questions, question))
            if each.key == section_key
            else each
            for each in without.sections
        )
    )


def with_switched(definition: Definition, key: str, *, is_on: bool) -> Definition:
    return _map(definition, key, lambda question: replace(question, is_on=is_on))


def with_moved(definition: Definition, key: str, step: int) -> Definition:
    """One place up (-1) or down (+1) in its section; at the end it stays where it is."""
    section = definition.section_with(key)
    questions = list(section.questions)
    place = next(index for index, each in enumerate(questions) if each.key == key)
    target = place + step
    if 0 <= target < len(questions):
        questions.insert(target, questions.pop(place))
    moved = replace(section, questions=tuple(questions))
    return Definition(
        tuple(moved if each.key == section.key else each for each in definition.sections)
    )


def free_key(definition: Definition, label: str) -> str:
    """A key for a new question, from its words; never one that was used before."""
    words = re.sub(r"[^a-z0-9]+", "_", slugify(label))[:_LONGEST_KEY].strip("_")
    base = words if words[:1].isalpha() else f"question_{words}".rstrip("_")
    taken = {question.key for question in definition.questions}
    taken |= {section.key for section in definition.sections}
    number, key = 2, base
    while key in taken:
        number, key = number + 1, f"{base}_{number}"
    return key


def _section_of(definition: Definition, key: str) -> Section | None:
    return definition.section_with(key) if definition.question(key) else None


def _map(definition: Definition, key: str, change: Any) -> Definition:
    return Definition(
        tuple(
            replace(
                section,
                questions=tuple(
                    change(each) if each.key == key else each for each in section.questions
                ),
            )
            for section in definition.sections
        )
    )


def _without(definition: Definition, key: str) -> Definition:
    return Definition(
        tuple(
            replace(each, questions=tuple(q for q in each.questions if q.key != key))
            for each in definition.sections
        )
    )


def differences(before: Definition, after: Definition) -> list[Difference]:
    """What an applicant would notice, question by question, in the order of the newer form."""
    return [
        Difference(str(question.label), what)
        for section in after.sections
        for place, question in enumerate(section.questions)
        for what in _changes(before, section, place, question)
    ]


def _changes(before: Definition, section: Section, place: int, now: Question) -> Iterator[str]:
    old = before.question(now.key)
    if old is None:
        yield _("New in “%(section)s”.") % {"section": section.title}
        return
    if old.is_on != now.is_on:
        yield _("Asked again.") if now.is_on else _("Retired: no longer asked.")
    yield from _move(before.section_with(now.key), section, now.key)
    for name, title in _NAMES.items():
        if getattr(old, name) != getattr(now, name):
            yield _change_in_words(str(title), getattr(old, name), getattr(now, name))


def _move(old: Section, now: Section, key: str) -> Iterator[str]:
    if old.key != now.key:
        yield _("Moved to “%(section)s”.") % {"section": now.title}
        return
    stayed = {each.key for each in old.questions} & {each.key for each in now.questions}
    before = [each.key for each in old.questions if each.key in stayed]
    after = [each.key for each in now.questions if each.key in stayed]
    if before.index(key) != after.index(key):
        yield _("At another place: %(old)s before, %(new)s now.") % {
            "old": before.index(key) + 1,
            "new": after.index(key) + 1,
        }


def _change_in_words(title: str, old: Any, now: Any) -> str:
    if isinstance(now, bool):
        return f"{title}: {_('yes') if now else _('no')}"
    if isinstance(now, tuple) or now is None or old is None:
        return _("%(title)s: changed.") % {"title": title}
    return _("%(title)s: “%(old)s” becomes “%(new)s”.") % {
        "title": title,
        "old": old or "–",
        "new": now or "–",
    }

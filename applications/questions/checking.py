"""What has to be true of a form before it is asked, each with the sentence that says it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.questions.builtin import NEEDED
from applications.questions.definition import Definition
from applications.questions.form import GROUPS, names_in_group
from applications.questions.kinds import LONGEST, YES_OR_NO, Condition, Kind, Question

# What a condition can hang on: answers that are one of a few.
_ASKED_FOR_A_CHOICE = {
    Kind.CHOICE,
    Kind.MULTICHOICE,
    Kind.YES_NO,
    Kind.COUNTRY,
    Kind.INSTITUTION,
}


def faults_of(definition: Definition, published: Definition) -> list[str]:
    """Why the form cannot be asked like this; nothing when it can."""
    return [
        *_repeated_keys(definition),
        *_changed_kinds(definition, published),
        *_lost_questions(definition, published),
        *_missing_questions(definition),
        *(fault for each in definition.questions for fault in _faults_of_question(each)),
        *(
            fault
            for each in definition.questions
            for condition in each.shown_if
            for fault in _faults_of_condition(definition, each, condition)
        ),
        *_loops(definition),
    ]


def _repeated_keys(definition: Definition) -> Iterator[str]:
    keys = [question.key for question in definition.questions]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield _("The key “%(key)s” stands in the form twice.") % {"key": key}


def _changed_kinds(definition: Definition, published: Definition) -> Iterator[str]:
    for question in definition.questions:
        before = published.question(question.key)
        if before is not None and before.kind is not question.kind:
            yield _(
                "“%(label)s” was asked in another way before, and answers to it are kept. "
                "Retire it and add a new question."
            ) % {"label": question.label}


def _lost_questions(definition: Definition, published: Definition) -> Iterator[str]:
    for question in published.questions:
        if definition.question(question.key) is None:
            yield _("“%(label)s” was asked before: retire it instead of deleting it.") % {
                "label": question.label
            }


def _missing_questions(definition: Definition) -> Iterator[str]:
    asked = {question.key for question in definition.questions if question.is_on}
    for key in sorted(NEEDED - asked):
        question = definition.question(key)
        yield _("“%(label)s” cannot be retired: the portal itself needs the answer.") % {
            "label": question.label if question else key
        }


def _faults_of_question(question: Question) -> Iterator[str]:
    names = {"label": question.label or question.key}
    codes = [code for code, _label in question.options]
    if not question.label.english.strip():
        yield _("The question “%(label)s” has no English text.") % names
    if not 1 <= question.limit <= LONGEST:
        yield _("The limit of “%(label)s” has to lie between 1 and %(most)s characters.") % {
            **names,
            "most": LONGEST,
        }
    if question.kind.has_options and len(codes) < 2:
        yield _("Give “%(label)s” at least two answers to choose from.") % names
    if len(set(codes)) < len(codes):
        yield _("Two answers of “%(label)s” have the same code.") % names
    rules = question.file_rules
    if question.kind is Kind.FILE and (rules is None or not rules.extensions or rules.count < 1):
        yield _("Say which kinds of files “%(label)s” takes, and how many.") % names


def _faults_of_condition(
    definition: Definition, question: Question, condition: Condition
) -> Iterator[str]:
    asked = definition.question(condition.key)
    names = {"label": question.label, "other": asked.label if asked else condition.key}
    if asked is None:
        yield _("“%(label)s” hangs on a question that is not in the form: %(other)s.") % names
    elif asked.kind not in _ASKED_FOR_A_CHOICE:
        yield _("“%(label)s” cannot hang on “%(other)s”, which has no answers to choose.") % names
    elif not _can_be_given(asked, condition.answer):
        yield _("“%(label)s” waits for an answer that “%(other)s” does not offer.") % names


def _can_be_given(asked: Question, answer: str) -> bool:
    return asked.kind in (Kind.COUNTRY, Kind.INSTITUTION) or answer in dict(answers_of(asked))


def answers_of(question: Question) -> list[tuple[str, str]]:
    """The answers that a condition can name, with their words."""
    if question.kind is Kind.YES_NO:
        return [(code, str(label)) for code, label in YES_OR_NO]
    if question.kind is Kind.COUNTRY:
        return [(group, names_in_group(group)) for group in GROUPS]
    if question.kind is Kind.INSTITUTION:
        return [("", _("not in the list"))]
    return [(code, str(label)) for code, label in question.options]


def _loops(definition: Definition) -> Iterator[str]:
    """Questions that wait for each other, so that none of them would ever be shown."""
    for question in definition.questions:
        if question.key in _hangs_on(definition, question.key):
            yield _("“%(label)s” waits for itself, perhaps by way of other questions.") % {
                "label": question.label
            }


def _hangs_on(definition: Definition, key: str) -> set[str]:
    """Every question that one hangs on, at any remove."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        question = definition.question(waiting.pop())
        for condition in question.shown_if if question else ():
            if condition.key not in found:
                found.add(condition.key)
                waiting.append(condition.key)
    return found

"""Editing one question of the application form."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from applications.fields import PlainText
from applications.questions import (
    LONGEST,
    Condition,
    Definition,
    FileRules,
    Kind,
    Phrase,
    Question,
)
from applications.questions.changing import free_key
from applications.questions.checking import answers_of

_MEGABYTE = 1024 * 1024
_LANGUAGES = [code for code, _name in settings.LANGUAGES]

KIND_NAMES = {
    Kind.TEXT: _("One line of text"),
    Kind.TEXTAREA: _("Several lines of text"),
    Kind.CHOICE: _("One of several answers"),
    Kind.MULTICHOICE: _("Any of several answers"),
    Kind.YES_NO: _("Yes or no"),
    Kind.DATE: _("A day"),
    Kind.URL: _("A web address"),
    Kind.EMAIL: _("An e-mail address"),
    Kind.COUNTRY: _("A country"),
    Kind.FILE: _("Files"),
    Kind.TERMS: _("A tick that accepts something"),
}
# Five Safes, and the elements of Article 40(8) of the Digital Services Act.
_HEADINGS = [
    ("", _("None")),
    ("projects", _("Safe projects")),
    ("people", _("Safe people")),
    ("settings", _("Safe settings")),
    ("data", _("Safe data")),
    ("outputs", _("Safe outputs")),
]
_ELEMENTS = [("", _("None")), *((letter, f"({letter})") for letter in "abcdefg")]


class QuestionForm(forms.Form):
    """A new question, or one that is there: then how it is asked stays."""

    kind = forms.ChoiceField(
        label=_("How is it answered?"),
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        help_text=_("This cannot be changed later, because answers are kept."),
    )
    section = forms.ChoiceField(label=_("Section"))
    limit = forms.IntegerField(
        label=_("Most characters"), min_value=1, max_value=LONGEST, required=False
    )
    words = forms.IntegerField(
        label=_("Most words"), min_value=0, max_value=LONGEST, required=False
    )
    options = PlainText(
        label=_("Answers to choose from"),
        widget=forms.Textarea({"rows": 5}),
        required=False,
        max_length=5_000,
        help_text=_("One on a line. An answer that is there keeps its code, as in “civic: Votes”."),
    )
    extensions = PlainText(
        label=_("Kinds of files"),
        required=False,
        max_length=200,
        help_text=_("Such as: pdf, png"),
    )
    count = forms.IntegerField(label=_("Most files"), min_value=1, max_value=20, required=False)
    megabytes = forms.IntegerField(
        label=_("Most megabytes of one file"), min_value=1, max_value=100, required=False
    )
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)
    is_public = forms.BooleanField(
        label=_("The answer may stand in the public register"), required=False
    )
    shown_if = forms.MultipleChoiceField(
        label=_("Shown only if"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("Nothing chosen: always shown. Several: all of them have to hold."),
    )
    element = forms.ChoiceField(
        label=_("Element of Article 40(8) of the Digital Services Act"),
        choices=_ELEMENTS,
        required=False,
    )
    heading = forms.ChoiceField(
        label=_("Heading of the Five Safes"), choices=_HEADINGS, required=False
    )

    def __init__(
        self, definition: Definition, question: Question | None, *args: Any, **kwargs: Any
    ) -> None:
        if question is not None:
            kwargs.setdefault("initial", _initial(definition, question))
        super().__init__(*args, **kwargs)
        self.definition, self.question = definition, question
        self._add_words()
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (section.key, str(section.title)) for section in definition.sections
        ]
        self.fields["shown_if"].choices = _conditions(definition, question)  # type: ignore[attr-defined]
        if question is not None:
            del self.fields["kind"]
            self._leave_out_what_does_not_fit(question.kind)

    def _add_words(self) -> None:
        """The text and the help in every language, the English text first of all."""
        words: dict[str, forms.Field] = {}
        for code in _LANGUAGES:
            needed = code == "en"
            words[f"label_{code}"] = PlainText(
                label=_("Text") if needed else f"{_('Text')} ({code})",
                max_length=300,
                required=needed,
            )
            words[f"help_{code}"] = PlainText(
                label=_("Help") if needed else f"{_('Help')} ({code})",
                max_length=1_000,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )
        self.fields = {**words, **self.fields}

    def _leave_out_what_does_not_fit(self, kind: Kind) -> None:
        fitting = {
            "limit": kind in (Kind.TEXT, Kind.TEXTAREA, Kind.URL, Kind.EMAIL),
            "words": kind.is_text,
            "options": kind.has_options,
            "extensions": kind is Kind.FILE,
            "count": kind is Kind.FILE,
            "megabytes": kind is Kind.FILE,
        }
        for name, fits in fitting.items():
            if not fits:
                del self.fields[name]

    def result(self) -> Question:
        """The question as it is described; a new one gets a key that was never used."""
        given, old = self.cleaned_data, self.question
        kind = old.kind if old else Kind(given["kind"])
        base = old or Question(free_key(self.definition, given["label_en"]), Phrase(), kind)
        return replace(
            base,
            label=self._phrase("label", base.label),
            help=self._phrase("help", base.help),
            limit=given.get("limit") or LONGEST,
            words=given.get("words") or 0,
            options=_options(given.get("options", ""), base) if kind.has_options else (),
            file_rules=self._file_rules() if kind is Kind.FILE else None,
            is_required=given["is_required"],
            is_public=given["is_public"],
            shown_if=tuple(Condition(*each.split("=", 1)) for each in given["shown_if"]),
            element=given["element"],
            heading=given["heading"],
        )

    def _phrase(self, name: str, before: Phrase) -> Phrase:
        """The words given; languages that are not offered keep theirs."""
        texts = dict(before.texts)
        texts |= {code: self.cleaned_data.get(f"{name}_{code}", "") for code in _LANGUAGES}
        return Phrase(tuple((code, text) for code, text in texts.items() if text))

    def _file_rules(self) -> FileRules:
        given = self.cleaned_data
        names = given["extensions"].replace(",", " ").lower().split()
        return FileRules(
            tuple(name.lstrip(".") for name in names),
            given["count"] or 1,
            (given["megabytes"] or 5) * _MEGABYTE,
        )


def _initial(definition: Definition, question: Question) -> dict[str, Any]:
    rules = question.file_rules or FileRules()
    texts = {f"label_{code}": text for code, text in question.label.texts}
    texts |= {f"help_{code}": text for code, text in question.help.texts}
    return {
        **texts,
        "section": definition.section_with(question.key).key,
        "limit": question.limit,
        "words": question.words,
        "options": "\n".join(f"{code}: {label.english}" for code, label in question.options),
        "extensions": ", ".join(rules.extensions),
        "count": rules.count,
        "megabytes": rules.size_bytes // _MEGABYTE,
        "is_required": question.is_required,
        "is_public": question.is_public,
        "shown_if": [f"{each.key}={each.answer}" for each in question.shown_if],
        "element": question.element,
        "heading": question.heading,
    }


def _conditions(definition: Definition, question: Question | None) -> list[tuple[str, str]]:
    """Every answer that a question could hang on, and those that this one hangs on already."""
    found = {
        f"{asked.key}={answer}": f"{asked.label}: {words}"
        for asked in definition.questions
        if asked is not question and asked.is_on
        for answer, words in answers_of(asked)
    }
    for each in question.shown_if if question else ():
        found.setdefault(f"{each.key}={each.answer}", f"{each.key}: {each.answer}")
    return list(found.items())


def _options(text: str, before: Question) -> tuple[tuple[str, Phrase], ...]:
    """One answer on a line; an answer that was there keeps its code and its other languages."""
    known = dict(before.options)
    options: list[tuple[str, Phrase]] = []
    for line in filter(str.strip, text.split("\n")):
        code, colon, words = line.partition(":")
        code = code.strip()
        if not colon or not code.isidentifier():
            code, words = slugify(line).replace("-", "_")[:40] or f"answer_{len(options)}", line
        texts = dict(known[code].texts) if code in known else {}
        options.append((code, Phrase(tuple({**texts, "en": words.strip()}.items()))))
    return tuple(options)


class PublishForm(forms.Form):
    """Why the form changes; the number says which draft the operator has looked at."""

    reason = PlainText(
        label=_("Why does the form change?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1_000,
        help_text=_("It stands in the history and in the log."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

"""The form field behind each kind of question: what is a well-formed answer, and what is kept.

Text is never cut: no `maxlength` is sent, because a browser would shorten what is pasted without
a word. An answer that is too long comes back whole, with a sentence.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from applications.questions import Kind, Question
from applications.questions.kinds import YES_OR_NO
from institutions.models import Institution


class PlainText(forms.CharField):
    """Text whose line ends count as one character, as they do for the person who types."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class WebAddress(forms.URLField):
    """An https address."""

    default_validators = [URLValidator(schemes=["https"])]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class InstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An entry of the registry; an identifier that is none counts as not in the list."""

    widget = forms.RadioSelect({"class": "form-check-input"})
    default_error_messages = {"invalid_choice": _("Choose an institution of the list.")}

    def to_python(self, value: Any) -> Institution | None:
        try:
            return super().to_python(value)
        except ValidationError as problem:
            raise ValidationError(self.error_messages["invalid_choice"]) from problem


def field_of(question: Question) -> forms.Field:
    """A field for one question. Drafts may be incomplete, so that no field is required."""
    return _MAKERS[question.kind](question)


def clean_answer(question: Question, value: Any) -> Any:
    """The answer as it is kept in JSON; raises ValidationError with a sentence."""
    return to_json(field_of(question).clean(value))


def to_json(value: Any) -> Any:
    if isinstance(value, Institution):
        return str(value.pk)
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else value


def _text(question: Question) -> forms.Field:
    return PlainText(max_length=question.limit, required=False)


def _textarea(question: Question) -> forms.Field:
    rows = 3 if question.shown_if else 6
    widget = forms.Textarea({"rows": rows})
    return PlainText(max_length=question.limit, required=False, widget=widget)


def _url(question: Question) -> forms.Field:
    return WebAddress(
        max_length=question.limit,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _(
                "Give a whole web address that begins with https://, such as "
                "https://www.uva.nl/profile."
            )
        },
    )


def _radio(options: Any) -> forms.Field:
    return forms.ChoiceField(choices=options, required=False, widget=forms.RadioSelect)


def _multichoice(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=question.options, required=False, widget=forms.CheckboxSelectMultiple
    )


def _date(question: Question) -> forms.Field:
    return forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Give a date as year-month-day, such as 2027-01-31.")},
    )


def _country(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=[("", _("Choose a country")), *countries], required=False)


def _institution(question: Question) -> forms.Field:
    return InstitutionField(Institution.objects.all(), required=False, blank=True)


def _terms(question: Question) -> forms.Field:
    return forms.BooleanField(required=False)


_MAKERS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.TEXTAREA: _textarea,
    Kind.URL: _url,
    Kind.CHOICE: lambda question: _radio(question.options),
    Kind.YES_NO: lambda question: _radio(YES_OR_NO),
    Kind.MULTICHOICE: _multichoice,
    Kind.DATE: _date,
    Kind.COUNTRY: _country,
    Kind.INSTITUTION: _institution,
    Kind.TERMS: _terms,
}

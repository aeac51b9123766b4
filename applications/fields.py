"""The form field behind each kind of question: what is a well-formed answer, and what is kept.

Text is never cut: no `maxlength` is sent, because a browser would shorten what is pasted without
a word. An answer that is too long comes back whole, with a sentence.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from applications.questions import YES_OR_NO, Kind, Question
from institutions.models import Institution

# Lengths of access that are offered, in months and in days.
_MONTHS = {1: 30, 3: 91, 6: 182, 9: 273, 12: 365, 18: 547, 24: 730, 36: 1095, 48: 1460}
# More days than any programme gives; what this one gives is a rule of completeness.
_MOST_DAYS = 36_500


class PlainText(forms.CharField):
    """Text whose line ends count as one character, as they do for the person who types."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise ValidationError(_("The text holds half of a character, which cannot be stored."))
        return text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class WebAddress(forms.URLField):
    """An https address."""

    default_validators = [URLValidator(schemes=["https"])]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def count_words(text: str) -> int:
    return len(text.split())


def _at_most_words(limit: int) -> Callable[[str], None]:
    def check(text: str) -> None:
        count = count_words(text)
        if count > limit:
            sentence = _now("Use at most %(limit)s words; there are %(count)s.")
            raise ValidationError(sentence % {"limit": limit, "count": count})

    return check


class InstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An entry of the registry; an identifier that is none counts as not in the list."""

    widget = forms.RadioSelect({"class": "form-check-input"})
    default_error_messages = {"invalid_choice": _("Choose an institution of the list.")}

    def to_python(self, value: Any) -> Institution | None:
        try:
            return super().to_python(value)
        except ValidationError as problem:
            raise ValidationError(self.error_messages["invalid_choice"]) from problem


class DurationField(forms.IntegerField):
    """A number of days, offered as months; any other number that was given stays in the list."""

    widget = forms.Select

    def __init__(self, longest: int, **options: Any) -> None:
        super().__init__(min_value=1, max_value=_MOST_DAYS, **options)
        self.longest = longest
        self.offer()

    def offer(self, days: Any = None) -> None:
        """The lengths that may be asked for, with the one that was given already."""
        lengths = {each: months for months, each in _MONTHS.items() if each <= self.longest}
        known = [self.longest, *([int(days)] if str(days or "").isdecimal() else [])]
        chosen = sorted({*lengths, *(each for each in known if each <= _MOST_DAYS)})
        choices = [(str(each), name_of_days(each)) for each in chosen]
        self.widget.choices = [("", _("Choose a length")), *choices]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def name_of_days(days: int) -> str:
    """A length of access as people read it."""
    in_days = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    months = next((each for each, length in _MONTHS.items() if length == days), None)
    if months is None:
        return in_days
    named = ngettext("%(months)s month", "%(months)s months", months) % {"months": months}
    return f"{named} ({in_days})"


def field_of(question: Question, longest_days: int = _MOST_DAYS) -> forms.Field:
    """A field for one question. Drafts may be incomplete, so that no field is required."""
    if question.kind is Kind.DURATION:
        return DurationField(longest_days, required=False)
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
    return _plain_text(question)


def _textarea(question: Question) -> forms.Field:
    return _plain_text(question, widget=forms.Textarea({"rows": 3 if question.shown_if else 6}))


def _plain_text(question: Question, **options: Any) -> forms.Field:
    checks = [_at_most_words(question.words)] if question.words else []
    return PlainText(max_length=question.limit, required=False, validators=checks, **options)


def _email(question: Question) -> forms.Field:
    field = PlainText(max_length=question.limit, required=False, validators=[EmailValidator()])
    field.widget = forms.EmailInput()
    return field


def _options(question: Question) -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in question.options]


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
        choices=_options(question), required=False, widget=forms.CheckboxSelectMultiple
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
    Kind.EMAIL: _email,
    Kind.CHOICE: lambda question: _radio(_options(question)),
    Kind.YES_NO: lambda question: _radio(YES_OR_NO),
    Kind.MULTICHOICE: _multichoice,
    Kind.DATE: _date,
    Kind.COUNTRY: _country,
    Kind.INSTITUTION: _institution,
    Kind.TERMS: _terms,
}

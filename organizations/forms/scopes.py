"""What a lab is approved for, as a form: for the decision that lets it in, and for a change."""

import re
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from corpus.codebook import TABLES
from programmes.models import SEATS_FOR_COLLABORATORS, Programme
from programmes.scope import LIMITS, Scope, ScopeInvalid, parse_scope

_DAYS = ("first_day", "last_day", "ends_on")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def _limit(label: Any, most: int = 2**31 - 1) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        help_text=_("Empty: as the programme has it."),
    )


class ScopeForm(forms.Form):
    """What is left empty is as the programme has it. Once valid, `scope` is what was written."""

    tables = forms.MultipleChoiceField(
        label=_("Kinds of data"),
        required=False,
        choices=[(table.name, table.name) for table in TABLES.values()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    table_fields = forms.MultipleChoiceField(
        label=_("Fields"),
        required=False,
        choices=[
            (table.name, [(f"{table.name}.{name}", name) for name in table.returned_names])
            for table in TABLES.values()
        ],
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=_("None chosen of a kind of data: all of its fields."),
    )
    regions = forms.CharField(
        label=_("Regions"),
        required=False,
        help_text=_("Codes of two letters, such as US or NL, separated by commas. Empty: all."),
    )
    first_day = _day(_("First day of the data (UTC)"))
    last_day = _day(_("Last day of the data (UTC)"))
    collaborators_limit = _limit(_("Collaborators, at most"), SEATS_FOR_COLLABORATORS)
    research_requests_limit = _limit(_("Requests a day"))
    research_records_limit = _limit(_("Records a day"))
    relations_requests_limit = _limit(_("Requests a day for followers and following"))
    relations_records_limit = _limit(_("Records a day of followers and following"))
    ends_on = _day(
        _("Last day of access (UTC)"), _("Empty: as it is. It can shorten the access only.")
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme = programme
        self.scope = Scope()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.scope = parse_scope(self._content())
            self.scope.check_fits(self.programme)
        except ScopeInvalid as refusal:
            self.show(refusal)
        return cleaned

    def show(self, refusal: ScopeInvalid) -> None:
        """Set a refusal beside the field it speaks of."""
        place = "table_fields" if refusal.place.startswith("fields") else refusal.place
        self.add_error(place if place in self.fields else None, capfirst(refusal.problem))

    def _content(self) -> dict[str, Any]:
        """As JSON would say it; what is empty is left out."""
        chosen = self.cleaned_data
        fields: dict[str, list[str]] = {}
        for table, _dot, name in (one.partition(".") for one in chosen["table_fields"]):
            fields.setdefault(table, []).append(name)
        regions = re.findall(r"[^\s,;]+", chosen["regions"].upper())
        content = {"tables": chosen["tables"], "fields": fields, "regions": regions}
        plain = {name: chosen[name] for name in (*_DAYS, *LIMITS) if chosen[name] is not None}
        return {name: value for name, value in content.items() if value} | plain


class ChangeScopeForm(ScopeForm):
    """A change of the scope of a lab that is in."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The principal researcher reads it."),
    )


def initial_of(scope: Scope) -> dict[str, Any]:
    """What the form shows of a scope that is there."""
    pairs = [(table, name) for table, names in scope.fields.items() for name in sorted(names)]
    return {
        **{name: getattr(scope, name) for name in (*_DAYS, *LIMITS)},
        "tables": sorted(scope.tables or ()),
        "table_fields": [f"{table}.{name}" for table, name in pairs],
        "regions": ", ".join(sorted(scope.regions or ())),
    }

"""What the pages of queries ask. The language itself judges the query; nothing is ruled here."""

import datetime as dt
from typing import Any

import msgspec
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from corpus import language
from corpus.codebook import VIDEOS
from programmes.scope import Scope
from queries.scope import OutsideScope, TableOutsideScope, check_in_scope

# The simple fields and the fields of the language that they stand for, in the order in which
# their conditions are written.
_SIMPLE = {
    "keyword": "keyword",
    "hashtag": "hashtag_name",
    "region": "region_code",
    "username": "username",
}
_USUAL_FIELDS = [
    "id",
    "create_time",
    "username",
    "region_code",
    "video_description",
    "hashtag_names",
    "view_count",
    "like_count",
    "comment_count",
    "share_count",
]
_SEVERAL = _("Several, separated by commas: any one of them is enough.")


class WholeTextField(forms.CharField):
    """Text whose length this form judges: a browser would cut what is pasted, without a word."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


def _date_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class QueryForm(forms.Form):
    """A query by a few fields, or by the whole language as JSON, which wins when it is filled."""

    name = WholeTextField(
        label=_("Name of the query"),
        max_length=100,
        help_text=_("By which your lab will find it again."),
    )
    keyword = forms.CharField(label=_("Keyword"), required=False, help_text=_SEVERAL)
    hashtag = forms.CharField(label=_("Hashtag"), required=False, help_text=_SEVERAL)
    region = forms.CharField(
        label=_("Region"),
        required=False,
        help_text=_("Codes of two letters, such as US or NL, separated by commas."),
    )
    username = forms.CharField(label=_("Username"), required=False, help_text=_SEVERAL)
    definition = WholeTextField(
        label=_("The whole language, as JSON"),
        required=False,
        max_length=200_000,
        help_text=_("When this is filled, keyword, hashtag, region and username are not used."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "font-monospace"}),
    )
    start_date = _date_field(_("First day (UTC)"))
    end_date = _date_field(_("Last day (UTC)"))
    fields_wanted = forms.MultipleChoiceField(
        label=_("Fields to be returned"),
        choices=[(name, name) for name in VIDEOS.returned_names],
        initial=_USUAL_FIELDS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, scope: Scope | None = None, **options: Any) -> None:
        """`scope` is what the lab was approved for: only its fields are offered."""
        super().__init__(*args, **options)
        self.scope = scope or Scope()
        allowed = self.scope.allowed_fields(VIDEOS.name)
        wanted: Any = self.fields["fields_wanted"]
        wanted.choices = [(name, name) for name in allowed]
        wanted.initial = [name for name in _USUAL_FIELDS if name in allowed] or list(allowed)
        if self.scope.regions is not None:
            self.fields["region"].initial = self.scope.regions_text

    def clean(self) -> dict[str, Any]:
        """Let the language judge, and set its refusal beside the field it speaks of."""
        cleaned = super().clean() or self.cleaned_data
        if not {"start_date", "end_date", "definition"} <= cleaned.keys():
            return cleaned
        self.used: list[str] = []
        definition = self._read_json() if cleaned["definition"] else self._conditions()
        if definition is None:
            return cleaned
        try:
            self.query = language.parse(
                definition,
                start_date=cleaned["start_date"],
                end_date=cleaned["end_date"],
                longest_days=None,
            )
            check_in_scope(self.scope, self.query, cleaned.get("fields_wanted", ()))
        except (language.InvalidQuery, OutsideScope) as refusal:
            self._show(refusal)
        cleaned["definition_read"] = definition
        return cleaned

    def _read_json(self) -> Any:
        try:
            return msgspec.json.decode(self.cleaned_data["definition"])
        except (msgspec.DecodeError, RecursionError) as problem:
            text = _("This is not valid JSON: %(problem)s") % {"problem": problem}
            self.add_error("definition", text)
            return None

    def _conditions(self) -> dict[str, Any] | None:
        conditions = []
        for name, field_name in _SIMPLE.items():
            values = [part.strip() for part in self.cleaned_data.get(name, "").split(",")]
            values = [value.upper() if name == "region" else value for value in values if value]
            if values:
                self.used.append(name)
                conditions.append(
                    {"operation": "IN", "field_name": field_name, "field_values": values}
                )
        if not conditions:
            self.add_error("keyword", _("Fill at least one of these fields, or write JSON."))
            return None
        return {"and": conditions}

    def _show(self, refusal: language.InvalidQuery | OutsideScope) -> None:
        is_reversed = self.cleaned_data["end_date"] < self.cleaned_data["start_date"]
        if refusal.place == "end_date" and is_reversed:
            self.add_error("end_date", _("Must not lie before the first day."))
        elif refusal.place in ("start_date", "end_date"):
            self.add_error(refusal.place, capfirst(refusal.problem))
        elif isinstance(refusal, TableOutsideScope):
            self.add_error(None, capfirst(refusal.problem))
        elif isinstance(refusal, OutsideScope) and self.used and refusal.place == "query":
            self.add_error("region", capfirst(refusal.problem))
        elif self.used and refusal.place.startswith("query.and["):
            index = int(refusal.place.removeprefix("query.and[").partition("]")[0])
            self.add_error(self.used[index], capfirst(refusal.problem))
        else:
            self.add_error("definition", refusal.sentence)


class DecisionForm(forms.Form):
    """The principal researcher's word on a query."""

    comment = WholeTextField(
        label=_("Comment for the author"),
        required=False,
        max_length=2_000,
        help_text=_("Needed when you do not approve."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def usual_dates(
    today: dt.date, last_day: dt.date | None, scope: Scope | None = None
) -> dict[str, dt.date]:
    """What a new form offers: the last thirty days, of the data if these end before today, and
    of those days that the lab was approved for."""
    approved = scope or Scope()
    end = min(today, last_day or today, approved.last_day or today)
    start = end - dt.timedelta(days=29)
    return {"start_date": max(start, approved.first_day or start), "end_date": end}


class ShareForm(forms.Form):
    """With which of the linked labs something is shared."""

    link = forms.UUIDField()

"""The builder of the labs without a name for the query, and with what the applicant expects."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import urlencode

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from queries.forms import QueryForm

# Web servers, mail programs and text fields bear an address of this length.
_LONGEST_ADDRESS = 3_000
_MOST_RECORDS = 10**12


class SandboxForm(QueryForm):
    """The same language and the same refusals as in a lab."""

    name = None  # type: ignore[assignment] # Django's way to leave out a parent's field.
    records_expected = forms.IntegerField(
        label=_("How many records do you expect from the real data?"),
        required=False,
        min_value=0,
        max_value=_MOST_RECORDS,
        help_text=_("Your own estimate; the cost for your application is computed from it."),
    )
    programme = forms.ChoiceField(
        label=_("Programme"),
        required=False,
        help_text=_("Whose limits the cost is computed with."),
    )

    def __init__(self, programmes: Iterable[Programme], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.programmes = {programme.slug: programme for programme in programmes}
        choices = [(slug, programme.name) for slug, programme in self.programmes.items()]
        cast(forms.ChoiceField, self.fields["programme"]).choices = choices

    @property
    def programme_chosen(self) -> Programme:
        """The first of them if none was chosen, as where there is but one."""
        return self.programmes[self.cleaned_data["programme"] or next(iter(self.programmes))]

    def address(self) -> str:
        """What follows the `?` of a link to this query; nothing if that would be too long."""
        given = {name: self.cleaned_data[name] for name in self.fields}
        if given["definition"]:
            compact = msgspec.json.encode(self.cleaned_data["definition_read"]).decode()
            given |= {"definition": compact, "keyword": "", "hashtag": ""}
            given |= {"region": "", "username": ""}
        parts = {name: value for name, value in given.items() if value not in (None, "", [])}
        address = urlencode(parts, doseq=True)
        return address if len(address) <= _LONGEST_ADDRESS else ""

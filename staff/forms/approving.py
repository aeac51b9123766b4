"""Approving: conditions, each listed person by name, and what the lab may have."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, ListedCollaborator
from programmes.scope import LIMITS, Scope, ScopeInvalid, parse_scope
from staff.forms.acts import ActForm, letter_field, reason_choices

CLEARED = "CLEARED"
_LIMIT_LABELS = {
    "collaborators_limit": gettext_lazy("Collaborators at most"),
    "research_requests_limit": gettext_lazy("Requests a day"),
    "research_records_limit": gettext_lazy("Records a day"),
    "relations_requests_limit": gettext_lazy("Requests for followers a day"),
    "relations_records_limit": gettext_lazy("Records of followers a day"),
}
_DAY_LABELS = {
    "first_day": gettext_lazy("Data from"),
    "last_day": gettext_lazy("Data up to"),
    "ends_on": gettext_lazy("Access ends on"),
}


class ApproveForm(ActForm):
    """Let the lab in. Each listed person is decided by name; who does not clearly work at the
    institution comes in only when staff say so themselves."""

    comment = letter_field(gettext_lazy("Comment (optional)"), is_required=False)
    conditions = forms.CharField(
        label=gettext_lazy("Conditions (optional)"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3, "data-takes-snippets": ""}),
        help_text=gettext_lazy("With conditions the approval is one with conditions."),
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.people = list(application.collaborators.confirmed())
        if self.people:
            self._add_people()
        self._add_scope()

    def _add_people(self) -> None:
        reasons = reason_choices(self.application)[1:]
        choices = [
            ("", _("Decide")),
            (CLEARED, _("May join")),
            *((code, _("May not join: %(reason)s") % {"reason": text}) for code, text in reasons),
        ]
        for person in self.people:
            self.fields[_key(person)] = forms.ChoiceField(
                label=_("%(name)s (%(email)s)") % {"name": person.name, "email": person.email},
                choices=choices,
                initial=CLEARED if person.is_at_home else "",
                help_text=_what_to_know(person),
            )

    def _add_scope(self) -> None:
        for name, label in _DAY_LABELS.items():
            widget = forms.DateInput({"type": "date"})
            self.fields[name] = forms.DateField(label=label, required=False, widget=widget)
        for name in LIMITS:
            self.fields[name] = forms.IntegerField(
                label=_LIMIT_LABELS[name], required=False, min_value=0
            )
        self.fields["regions"] = forms.CharField(
            label=gettext_lazy("Regions of the data"),
            required=False,
            max_length=400,
            help_text=gettext_lazy("Codes such as NL, DE; empty for all."),
        )
        self.fields["tables"] = forms.CharField(
            label=gettext_lazy("Kinds of data"),
            required=False,
            max_length=400,
            help_text=gettext_lazy("Such as videos, comments; empty for all."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            self.scope = self._read_scope(cleaned)
        except ScopeInvalid as problem:
            self.add_error(
                problem.place if problem.place in self.fields else None, problem.sentence
            )
        return cleaned

    def _read_scope(self, cleaned: dict[str, Any]) -> Scope:
        content: dict[str, Any] = {
            name: cleaned[name].isoformat() for name in _DAY_LABELS if cleaned.get(name)
        }
        content |= {name: cleaned[name] for name in LIMITS if cleaned.get(name) is not None}
        for name in ("regions", "tables"):
            if words := cleaned.get(name, "").replace(",", " ").split():
                content[name] = [word.upper() if name == "regions" else word for word in words]
        scope = parse_scope(content)
        scope.check_fits(self.application.programme)
        return scope

    @property
    def given(self) -> dict[str, Any]:
        said = {person: self.cleaned_data[_key(person)] for person in self.people}
        return {
            "comment": self.cleaned_data["comment"],
            "conditions": self.cleaned_data["conditions"],
            "scope": self.scope,
            "cleared": [person for person, answer in said.items() if answer == CLEARED],
            "not_cleared": {each: code for each, code in said.items() if code != CLEARED},
        }

    def people_fields(self) -> Iterator[forms.BoundField]:
        return (self[_key(person)] for person in self.people)

    def scope_fields(self) -> Iterator[forms.BoundField]:
        names = ("tables", "regions", *_DAY_LABELS, *LIMITS)
        return (self[name] for name in names)

    @property
    def is_scope_open(self) -> bool:
        """Whether something of the scope was filled in, so that it is not folded away."""
        return self.is_bound and any(field.value() for field in self.scope_fields())


def _key(person: ListedCollaborator) -> str:
    return f"person_{person.pk.hex}"


def _what_to_know(person: ListedCollaborator) -> str:
    if person.works_elsewhere:
        return _("Works at another institution, says the applicant.")
    return "" if person.is_at_home else _("The address does not show the same institution.")

"""Choosing the registry entry of an institution that was described in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.models import Institution


class InstitutionForm(forms.Form):
    """Name the registry entry of an institution that was described in words."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Registry entry"), widget=forms.RadioSelect
    )

    def __init__(self, found: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = Institution.objects.all()
        self.fields["institution"].queryset = everything  # type: ignore[attr-defined]
        choices = [(str(each.pk), f"{each.name} ({each.country.name})") for each in found]
        self.fields["institution"].widget.choices = choices

"""Keeping a choice of filters under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SaveViewForm(forms.Form):
    """The name of a view; the filters come from the page."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    query_string = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

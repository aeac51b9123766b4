"""People, keys, and who lets a query run."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.models import QueryRule


class ProposeForm(forms.Form):
    """A person whom the principal researcher wants in the lab."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(
        label=_("Institutional e-mail address"),
        max_length=254,
        help_text=_("The address of the person's own account, or of the one they will make."),
    )
    expertise = forms.CharField(
        label=_("Field of expertise"),
        max_length=100,
        help_text=_("What the person brings to the project; the reviewers read it."),
    )


def _new_code() -> str:
    return secrets.token_urlsafe(12)


class ClientForm(forms.Form):
    """A new API client."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        required=False,
        help_text=_("A word to tell your clients apart, such as the name of a script."),
    )
    # Each form that a page shows has its own, so that one sent twice is known.
    form_code = forms.CharField(
        max_length=32, required=False, initial=_new_code, widget=forms.HiddenInput
    )


class QueryRuleForm(forms.Form):
    """Who lets a query run; only the principal researcher gets this form."""

    query_rule = forms.ChoiceField(
        label=_("Who lets a query run"),
        choices=[
            (QueryRule.EVERY_MEMBER, QueryRule.EVERY_MEMBER.label),
            (QueryRule.PRINCIPAL_APPROVES, _("I approve each query before it runs")),
        ],
        widget=forms.RadioSelect,
    )

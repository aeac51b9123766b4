"""The questions of the self-check."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from applications.eligibility.answers import INSTITUTION, NO, UNSURE, YES, Stay, Workplace
from programmes.models import Programme
from programmes.settings import PRINCIPAL_ROLES


class EligibilityForm(forms.Form):
    """Where and how somebody works, then one question for each criterion of any programme.

    Of two programmes with a criterion of the same code, the first one asks.
    """

    def __init__(self, programmes: Sequence[Programme], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        criteria = [each for programme in programmes for each in programme.criteria.all()]
        for criterion in criteria:
            if criterion.code in self.fields or criterion.code == INSTITUTION:
                continue
            self.fields[criterion.code] = forms.ChoiceField(
                label=criterion.text("question"),
                choices=[(YES, _("Yes")), (NO, _("No")), (UNSURE, _("Not sure"))],
                widget=forms.RadioSelect,
            )
        workplace = next((each for each in criteria if each.code == INSTITUTION), None)
        if workplace is not None:
            self.fields["workplace"].label = workplace.text("question")

    country = forms.ChoiceField(
        label=_("In which country is the institution that employs you?"),
        choices=[("", _("Choose a country")), *countries],
        help_text=_("If nobody employs you: the country where you live."),
    )
    residence = forms.ChoiceField(
        label=_("In which country do you work?"),
        choices=[("", _("In the same country")), *countries],
        required=False,
    )
    stay = forms.ChoiceField(
        label=_("If you work in another country than your institution: for how long?"),
        choices=[("", _("It is the same country, or I am not sure")), *Stay.choices],
        required=False,
    )
    workplace = forms.ChoiceField(choices=Workplace.choices, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label=_("What is your role?"),
        choices=[("", _("Choose if you like")), *PRINCIPAL_ROLES.items()],
        required=False,
    )
    developer_account = forms.BooleanField(
        label=_("I have a developer account already"), required=False
    )


class InterestForm(forms.Form):
    """An address to tell when something opens."""

    email = forms.EmailField(label=_("Your e-mail address"))

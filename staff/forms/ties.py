"""What people write about ties."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Institution


class TieForm(forms.Form):
    """What ties the reviewer to the file at hand."""

    sentence = forms.CharField(
        label=gettext_lazy("What is the tie?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("A few words. Operators read them, the applicant may obtain them."),
    )


class LastingTieForm(TieForm):
    """A tie to a person or an institution, which covers what they hand in later as well."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of a person"), required=False)
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=gettext_lazy("or an institution"),
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("email", "institution", "sentence")

    def __init__(self, found: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["institution"]
        field.queryset = Institution.objects.all()
        field.widget.choices = [
            (str(each.pk), f"{each.name} ({each.country.name})") for each in found
        ]
        if not field.widget.choices and not self.is_bound:
            del self.fields["institution"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_wrong = {"email", "institution"} & set(self.errors)
        if not is_wrong and bool(cleaned.get("email")) == bool(cleaned.get("institution")):
            raise forms.ValidationError(_("Name either a person or an institution."))
        return cleaned


class WordsForm(forms.Form):
    """Why a tie is none: the person's objection, or the operator's reason to lift it."""

    words = forms.CharField(
        label=gettext_lazy("Why"), max_length=1000, widget=forms.Textarea({"rows": 2})
    )

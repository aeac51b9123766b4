"""Who leads and who reviews a file, and how long it may take."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.models import Application
from staff.forms.acts import ActForm
from staff.people import reviewers


class StepBackForm(ActForm):
    """Give up one's part in a file."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Needed if there is a conflict of interest."),
    )
    has_conflict = forms.BooleanField(
        label=gettext_lazy("I have a conflict of interest: close this file to me"), required=False
    )


class ExtendForm(ActForm):
    """Take more time."""

    until = forms.DateField(
        label=gettext_lazy("New due date"), widget=forms.DateInput({"type": "date"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it takes longer"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The applicant reads this."),
    )


class PersonForm(ActForm):
    """One of the reviewers of the house."""

    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Reviewer"))

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.fields["to"].queryset = reviewers()  # type: ignore[attr-defined]


class ExternalForm(ActForm):
    """Somebody from outside, for this one file."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the reviewer"),
        help_text=gettext_lazy("They need an account with this address, verified."),
    )


class BulkForm(forms.Form):
    """What to do with all that is ticked."""

    ASSIGN, TAKE, EXTEND = "assign", "take", "extend"

    deed = forms.ChoiceField(
        label=gettext_lazy("With those ticked"),
        choices=[
            (ASSIGN, gettext_lazy("Let this person lead")),
            (TAKE, gettext_lazy("Take a review of each")),
            (EXTEND, gettext_lazy("Extend the due date")),
        ],
    )
    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Person"), required=False)
    until = forms.DateField(
        label=gettext_lazy("New due date"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=1000)

    def __init__(self, *args: Any, people: list[User] | None = None, **kwargs: Any) -> None:
        """`people` are those to choose from, where the page has read them already."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = reviewers()  # type: ignore[attr-defined]
        if people is not None:
            choices = [("", _("Choose")), *((str(each.pk), str(each)) for each in people)]
            self.fields["to"].widget.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        deed = cleaned.get("deed")
        if deed == self.ASSIGN and not cleaned.get("to"):
            self.add_error("to", _("Choose the person."))
        if deed == self.EXTEND and not (cleaned.get("until") and cleaned.get("reason")):
            self.add_error("until", _("Give the new due date and the reason."))
        return cleaned


class AbsenceForm(forms.Form):
    """Days on which one is given nothing new; both are counted."""

    first_date = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"})
    )
    last_date = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"})
    )


class SnippetForm(forms.Form):
    """A text that reviewers use often."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )

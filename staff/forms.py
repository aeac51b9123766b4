"""What staff fill in to decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application, ListedCollaborator
from institutions.models import Institution
from reviews.models import Reason

_LONGEST_COMMENT = 5000


def _comment(*, is_required: bool, label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=_LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The applicant reads this."),
    )


class ChangesForm(forms.Form):
    """Hand the application back."""

    comment = _comment(is_required=True, label=_("What is missing or unclear?"))


class ListedPeople(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Listed people to tick, each with the address and what speaks against a tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        person = f"{obj.name} ({obj.email})"
        if obj.works_elsewhere:
            sentence = _("%(person)s: works at another institution, says the applicant")
        elif not obj.is_at_home:
            sentence = _("%(person)s: the address does not show the same institution")
        else:
            return person
        return str(sentence) % {"person": person}


class ApproveForm(forms.Form):
    """Let the lab in, with the listed people who are ticked.

    Who seems to work elsewhere comes in only when staff set the tick themselves.
    """

    comment = _comment(is_required=False, label=_("Comment (optional)"))
    cleared = ListedPeople(
        ListedCollaborator.objects.none(),
        label=_("Collaborators to clear"),
        required=False,
        help_text=_(
            "Take the tick away from whoever should not come in. Who does not clearly work at "
            "the institution is not ticked."
        ),
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = application.collaborators.all()
        if people:
            self.fields["cleared"].queryset = people  # type: ignore[attr-defined]
            self.fields["cleared"].initial = [person for person in people if person.is_at_home]
        else:
            del self.fields["cleared"]


class DeclineForm(forms.Form):
    """Refuse with a reason."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            ("", _("Choose the reason")),
            *(choice for choice in Reason.choices if choice[0] != Reason.MEETS_CRITERIA),
        ],
    )
    comment = _comment(is_required=True, label=_("Comment"))


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

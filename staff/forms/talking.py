"""What staff write about an application, and who reads it."""

from django import forms
from django.utils.translation import gettext_lazy

from applications.views.talking import AskForm
from reviews.models import Visibility


class NoteForm(AskForm):
    """A private note, or something for the applicant."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        initial=Visibility.STAFF,
    )

    field_order: tuple[str, ...] = ("question_key", "visibility", "body")

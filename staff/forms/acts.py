"""What staff fill in to take the next step with a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.fields import PlainText
from applications.models import Application
from applications.views.talking import question_choices
from programmes.models import ReasonCode
from programmes.models.reasons import ReasonOutcome
from reviews.actions import LONGEST_MESSAGE

_LONGEST_TEXT = 5000
# More than so many questions are named in the comment.
_MOST_QUESTIONS = 3


class ActForm(forms.Form):
    """A step with the version of the file that the page showed.

    If the applicant handed in a newer one meanwhile, the step waits and what was typed stays.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        self.application = application
        kwargs["initial"] = {"version": application.version_count, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("version") != self.application.version_count:
            self._show_newest_version()
            raise forms.ValidationError(
                _(
                    "The page showed another version than the newest, which is version %(number)s. "
                    "Nothing was done. Read what changed, then send this again: what you typed is "
                    "kept."
                )
                % {"number": self.application.version_count}
            )
        return self.cleaned_data

    def _show_newest_version(self) -> None:
        """The form that comes back is about what its page shows now."""
        sent: Any = self.data
        sent = sent.copy()
        sent[self.add_prefix("version")] = str(self.application.version_count)
        self.data = sent

    def add_error(self, field: Any, error: Any) -> None:
        """Nobody sees a hidden field, so what is wrong with it is said above the form."""
        super().add_error(None if field == "version" else field, error)

    @property
    def given(self) -> dict[str, Any]:
        """What the action is called with."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def comment_field(label: Any, *, is_required: bool, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5, "data-takes-snippets": ""}),
        help_text=help_text,
    )


def letter_field(label: Any, *, is_required: bool) -> forms.CharField:
    return comment_field(
        label, is_required=is_required, help_text=gettext_lazy("The applicant reads this.")
    )


def reason_choices(application: Application) -> list[tuple[str, Any]]:
    """The reasons of the programme for a refusal."""
    reasons = ReasonCode.objects.in_use(application.programme, ReasonOutcome.DECLINED)
    return [("", _("Choose the reason")), *((each.code, each.text) for each in reasons)]


class ChangesForm(ActForm):
    """Hand the application back."""

    comment = letter_field(gettext_lazy("What is missing or unclear?"), is_required=True)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        choices = question_choices(application)
        for number in range(1, _MOST_QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.ChoiceField(
                label=_("A question to change (%(number)s)") % {"number": number},
                required=False,
                choices=[("", _("None")), *choices[1:]],
            )
            self.fields[f"change_{number}"] = PlainText(
                label=_("What should change there?"),
                required=False,
                max_length=LONGEST_MESSAGE,
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for key, text, number in self._pairs(cleaned):
            if key and not text:
                self.add_error(f"change_{number}", _("Say what should change there."))
            if text and not key:
                self.add_error(f"question_{number}", _("Choose the question that this is about."))
        return cleaned

    @staticmethod
    def _pairs(cleaned: dict[str, Any]) -> list[tuple[str, str, int]]:
        return [
            (cleaned.get(f"question_{number}", ""), cleaned.get(f"change_{number}", ""), number)
            for number in range(1, _MOST_QUESTIONS + 1)
        ]

    @property
    def given(self) -> dict[str, Any]:
        """The comment, and for each question what has to change there."""
        said: dict[str, list[str]] = {}
        for key, text, _number in self._pairs(self.cleaned_data):
            if key:
                said.setdefault(key, []).append(text)
        questions = {key: "\n\n".join(texts) for key, texts in said.items()}
        return {"comment": self.cleaned_data["comment"], "questions": questions}


class RefusalForm(ActForm):
    """Refuse, or propose to, with a reason."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"))
    comment = letter_field(gettext_lazy("Comment"), is_required=True)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.fields["reason"].choices = reason_choices(application)  # type: ignore[attr-defined]

"""One reviewer's own judgement: each criterion, then a recommendation."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from reviews.models import Outcome, Review
from staff.forms.acts import ActForm, comment_field, reason_choices

_LONGEST_REMARK = 500


class Verdict(TextChoices):
    """What a reviewer says of one criterion."""

    MET = "MET", gettext_lazy("Met")
    NOT_MET = "NOT_MET", gettext_lazy("Not met")
    UNSURE = "UNSURE", gettext_lazy("Unsure")


class CriterionFields(NamedTuple):
    """The two fields that belong to one criterion."""

    verdict: forms.BoundField
    remark: forms.BoundField


class ReviewForm(ActForm):
    """A checklist with a remark for each criterion, a recommendation and why."""

    recommendation = forms.ChoiceField(
        label=gettext_lazy("I recommend"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.APPROVED, gettext_lazy("Approve")),
            (Outcome.APPROVED_WITH_CONDITIONS, gettext_lazy("Approve with conditions")),
            (Outcome.DECLINED, gettext_lazy("Decline")),
        ],
    )
    conditions = forms.CharField(
        label=gettext_lazy("Conditions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("If you recommend to approve with conditions: which?"),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        help_text=gettext_lazy("If you recommend to decline."),
    )
    comment = comment_field(
        gettext_lazy("Why"),
        is_required=True,
        help_text=gettext_lazy(
            "Staff read this once all reviews are in. The applicant may obtain it."
        ),
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.criteria = list(application.programme.criteria.all())
        self.fields["reason"].choices = reason_choices(application)  # type: ignore[attr-defined]
        for criterion in self.criteria:
            self.fields[f"verdict_{criterion.code}"] = forms.ChoiceField(
                label=criterion.text("title"), choices=Verdict.choices, widget=forms.RadioSelect
            )
            self.fields[f"remark_{criterion.code}"] = forms.CharField(
                label=_("Remark on “%(criterion)s”") % {"criterion": criterion.text("title")},
                required=False,
                max_length=_LONGEST_REMARK,
            )

    def checklist(self) -> Iterator[CriterionFields]:
        for criterion in self.criteria:
            yield CriterionFields(
                self[f"verdict_{criterion.code}"], self[f"remark_{criterion.code}"]
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        recommendation = cleaned.get("recommendation")
        if recommendation == Outcome.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", _("Choose the reason why you recommend to decline."))
        if recommendation == Outcome.APPROVED_WITH_CONDITIONS and not cleaned.get("conditions"):
            self.add_error("conditions", _("Write which conditions you recommend."))
        return cleaned

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the form, however incomplete, to be kept for later."""
        names = ("recommendation", "conditions", "reason", "comment")
        checklist = {
            criterion.code: {
                "verdict": self[f"verdict_{criterion.code}"].value() or "",
                "remark": self[f"remark_{criterion.code}"].value() or "",
            }
            for criterion in self.criteria
        }
        return {**{name: self[name].value() or "" for name in names}, "checklist": checklist}

    @staticmethod
    def begun(review: Review) -> dict[str, Any]:
        """What the form starts with where a review was begun or is opened again."""
        initial = {
            name: getattr(review, name)
            for name in ("recommendation", "conditions", "reason", "comment")
        }
        for code, said in review.checklist.items():
            initial[f"verdict_{code}"] = said.get("verdict", "")
            initial[f"remark_{code}"] = said.get("remark", "")
        return initial

    @property
    def given(self) -> dict[str, Any]:
        names = ("recommendation", "conditions", "reason", "comment")
        checklist = {
            criterion.code: {
                "verdict": self.cleaned_data[f"verdict_{criterion.code}"],
                "remark": self.cleaned_data[f"remark_{criterion.code}"],
            }
            for criterion in self.criteria
        }
        return {**{name: self.cleaned_data[name] for name in names}, "checklist": checklist}

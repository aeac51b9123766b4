"""What operators fill in to change the policy: why, and over which state of it."""

import hashlib
import json
from typing import Any, cast

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lib.errors import Refused
from programmes.actions.criteria import CRITERION_TEXTS
from programmes.models import Criterion, Programme, ReasonCode, ReasonOutcome
from programmes.settings import LONGEST_TERMS, PolicySection, clean_setting
from staff.policy_fields import editor_of, read_texts, text_fields

_CRITERION_LABELS = {
    "title": _("Title"),
    "question": _("Question of the self-check"),
    "sentence_if_met": _("What it says when the criterion is met"),
    "sentence_if_unmet": _("What it says when it is not met"),
    "sentence_if_unsure": _("What it says when staff decide"),
}


class PolicyForm(forms.Form):
    """The reason, and the revision of the policy that the page showed."""

    reason = forms.CharField(
        label=_("Why is this changed?"),
        max_length=500,
        help_text=_("Kept in the history."),
        widget=forms.Textarea({"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["revision"].initial = programme.revision
        self.fields |= self.policy_fields()
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def policy_fields(self) -> dict[str, forms.Field]:
        return {}

    def why(self) -> dict[str, Any]:
        """What every action on the policy is told."""
        return {key: self.cleaned_data[key] for key in ("reason", "revision")}

    def renew_revision(self) -> None:
        """Let what was typed be saved over the policy as it is now, once somebody has looked."""
        values = cast("QueryDict", self.data).copy()
        values[self.add_prefix("revision")] = str(self.programme.revision)
        self.data = values


class SectionForm(PolicyForm):
    """The settings of one section; `changes` holds those that differ, well-formed."""

    def __init__(
        self, section: PolicySection, programme: Programme, *args: Any, **kwargs: Any
    ) -> None:
        self.section = section
        self.changes: dict[str, Any] = {}
        super().__init__(programme, *args, **kwargs)

    def policy_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for setting in self.section.settings:
            present = getattr(self.programme, setting.name)
            found |= editor_of(setting, self.programme).fields(setting, present)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.changes = {}
        for setting in self.section.settings:
            editor = editor_of(setting, self.programme)
            names = editor.fields(setting, getattr(self.programme, setting.name))
            if any(name in self.errors for name in names):
                continue
            try:
                value = clean_setting(self.programme, setting.name, editor.value(setting, cleaned))
            except Refused as refusal:
                self.add_error(next(iter(names)), refusal.sentence)
                continue
            if value != getattr(self.programme, setting.name):
                self.changes[setting.name] = value
        return cleaned

    def digest(self) -> str:
        """Names exactly these changes, so that what is saved is what was previewed."""
        text = json.dumps(self.changes, cls=DjangoJSONEncoder, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class TermsForm(PolicyForm):
    """A new version of the terms, which begins as the present one."""

    def policy_fields(self) -> dict[str, forms.Field]:
        current = self.programme.terms.order_by("-version").first()
        texts = current.body if current else {}
        return text_fields("body", _("Terms"), texts, rows=16, longest=LONGEST_TERMS)

    def body(self) -> dict[str, str]:
        return {code: text.replace("\r\n", "\n") for code, text in self._texts().items()}

    def _texts(self) -> dict[str, str]:
        return read_texts("body", self.cleaned_data)


class CriterionForm(PolicyForm):
    """The words of one criterion."""

    def __init__(self, criterion: Criterion, *args: Any, **kwargs: Any) -> None:
        self.criterion = criterion
        super().__init__(criterion.programme, *args, **kwargs)

    def policy_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for name in CRITERION_TEXTS:
            texts = getattr(self.criterion, name)
            found |= text_fields(name, _CRITERION_LABELS[name], texts, rows=2)
        return found

    def texts(self) -> dict[str, dict[str, str]]:
        return {name: read_texts(name, self.cleaned_data) for name in CRITERION_TEXTS}


class ReasonForm(PolicyForm):
    """A reason that staff may give; its code and outcome are asked only while it is new."""

    def __init__(
        self, row: ReasonCode | None, programme: Programme, *args: Any, **kwargs: Any
    ) -> None:
        self.row = row
        super().__init__(programme, *args, **kwargs)

    def policy_fields(self) -> dict[str, forms.Field]:
        row = self.row
        title, guidance = (row.title, row.guidance) if row else ({}, {})
        found: dict[str, forms.Field] = {} if row else _new_reason_fields()
        found |= text_fields("title", _("Title"), title, rows=1, longest=120)
        found |= text_fields("guidance", _("What the applicant can do"), guidance)
        found["legal_ground"] = forms.CharField(
            label=_("Legal ground"),
            required=False,
            max_length=200,
            initial=row.legal_ground if row else "",
        )
        return found

    def texts(self) -> dict[str, Any]:
        return {
            "title": read_texts("title", self.cleaned_data),
            "guidance": read_texts("guidance", self.cleaned_data),
            "legal_ground": self.cleaned_data["legal_ground"],
        }


def _new_reason_fields() -> dict[str, forms.Field]:
    return {
        "code": forms.CharField(
            label=_("Code"),
            max_length=40,
            help_text=_("Capital letters, digits and underscores; it never changes."),
        ),
        "outcome": forms.ChoiceField(label=_("Goes with"), choices=ReasonOutcome.choices),
    }


class CopyForm(forms.Form):
    """The name of a further programme."""

    name = forms.CharField(label=_("Name of the new programme"), max_length=120)

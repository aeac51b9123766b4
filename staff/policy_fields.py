"""How each setting of a programme is edited: which form fields it has and how they make a value."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import holidays
from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from applications.models import FormVersion
from applications.questions import Kind
from programmes.groups import GROUPS
from programmes.models import Programme, RoleRule
from programmes.regions import REGIONS, codes_of, name_of, split_codes
from programmes.settings import INSTITUTION_KINDS, LONGEST_TEXT, PRINCIPAL_ROLES, Setting

Fields = dict[str, forms.Field]
_MB = 1024 * 1024


@dataclass(frozen=True)
class Editor:
    """`fields` makes the form fields with their present values, `value` reads them back."""

    fields: Callable[[Setting, Any], Fields]
    value: Callable[[Setting, Mapping[str, Any]], Any]


def editor_of(setting: Setting, programme: Programme) -> Editor:
    """The documents that can be required are questions of the programme's own form."""
    if setting.name == "required_documents":
        return _ticks(document_labels(programme))
    return _EDITORS.get(setting.name) or Editor(_plain_fields, _plain_value)


def text_fields(
    name: str, label: Any, texts: Mapping[str, str], *, rows: int = 3, longest: int = LONGEST_TEXT
) -> Fields:
    """One text area for each language of the site; the language is named if there are several."""
    several = len(settings.LANGUAGES) > 1
    return {
        f"{name}__{code}": forms.CharField(
            label=f"{label} ({language})" if several else label,
            required=False,
            max_length=longest,
            initial=texts.get(code, ""),
            widget=forms.Textarea({"rows": rows}),
        )
        for code, language in settings.LANGUAGES
    }


def read_texts(name: str, cleaned: Mapping[str, Any]) -> dict[str, str]:
    texts = {code: cleaned.get(f"{name}__{code}", "") for code, _language in settings.LANGUAGES}
    return {code: text for code, text in texts.items() if text}


def _plain_fields(setting: Setting, present: Any) -> Fields:
    column = cast("models.Field[Any, Any]", Programme._meta.get_field(setting.name))
    shared: dict[str, Any] = {
        "label": str(setting.label),
        "help_text": str(setting.help),
        "initial": present,
    }
    if isinstance(column, models.BooleanField):
        return {setting.name: forms.BooleanField(required=False, **shared)}
    if column.choices:
        return {setting.name: forms.ChoiceField(choices=column.choices, **shared)}
    if isinstance(column, models.CharField):
        return {setting.name: forms.CharField(max_length=column.max_length, **shared)}
    shared |= {"min_value": setting.least, "max_value": setting.most}
    return {setting.name: forms.IntegerField(**shared)}


def _plain_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return cleaned.get(setting.name)


def _message_fields(setting: Setting, present: Any) -> Fields:
    return text_fields(setting.name, setting.label, present)


def _message_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return read_texts(setting.name, cleaned)


def _country_fields(_setting: Setting, present: list[str]) -> Fields:
    regions, others = split_codes(present)
    return {
        "regions": forms.MultipleChoiceField(
            label=gettext_lazy("Regions, with their territories"),
            help_text=gettext_lazy("The Area holds the Union: to close the Union, untick both."),
            required=False,
            choices=[(region.code, _region_label(region)) for region in REGIONS],
            initial=regions,
            widget=forms.CheckboxSelectMultiple,
        ),
        "other_countries": forms.MultipleChoiceField(
            label=gettext_lazy("Single countries and territories besides"),
            help_text=gettext_lazy("Hold Ctrl to choose several."),
            required=False,
            choices=list(countries),
            initial=others,
            widget=forms.SelectMultiple({"size": 10}),
        ),
    }


def _region_label(region: Any) -> str:
    territories = ", ".join(name_of(code) for code in region.territories)
    if not territories:
        return str(region.name)
    return _("%(region)s, with %(territories)s") % {
        "region": region.name,
        "territories": territories,
    }


def _country_value(_setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return codes_of(cleaned.get("regions", []), cleaned.get("other_countries", []))


def _ticks(choices: Mapping[str, Any]) -> Editor:
    """Check boxes, one for each value of a list."""

    def fields(setting: Setting, present: Any) -> Fields:
        return {
            setting.name: forms.MultipleChoiceField(
                label=str(setting.label),
                help_text=str(setting.help),
                required=False,
                choices=list(choices.items()),
                initial=present,
                widget=forms.CheckboxSelectMultiple,
            )
        }

    return Editor(fields, _plain_value)


def document_labels(programme: Programme) -> dict[str, str]:
    """The questions of the programme's form that ask for files."""
    form = FormVersion.objects.in_force(programme).asked
    return {each.key: str(each.label) for each in form.questions if each.kind is Kind.FILE}


def _role_fields(setting: Setting, present: Mapping[str, str]) -> Fields:
    return {
        f"{setting.name}__{role}": forms.ChoiceField(
            label=f"{setting.label}: {label}",
            choices=RoleRule.choices,
            initial=present.get(role),
        )
        for role, label in PRINCIPAL_ROLES.items()
    }


def _role_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return {role: cleaned.get(f"{setting.name}__{role}") for role in PRINCIPAL_ROLES}


def _size_fields(setting: Setting, present: int) -> Fields:
    return {
        setting.name: forms.DecimalField(
            label=gettext_lazy("Largest attachment, in MB"),
            min_value=Decimal("0.01"),
            max_value=100,
            decimal_places=2,
            initial=round(Decimal(present) / _MB, 2),
        )
    }


def _size_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    size = cleaned.get(setting.name)
    return None if size is None else int(size * _MB)


def _holiday_fields(setting: Setting, present: list[str]) -> Fields:
    codes = holidays.list_supported_countries(include_aliases=False)
    by_name = sorted((name_of(code), code) for code in codes)
    return {
        setting.name: forms.MultipleChoiceField(
            label=str(setting.label),
            help_text=str(setting.help),
            required=False,
            choices=[(code, name) for name, code in by_name],
            initial=present,
            widget=forms.SelectMultiple({"size": 8}),
        )
    }


def _day_fields(setting: Setting, present: list[dt.date]) -> Fields:
    return {
        setting.name: forms.CharField(
            label=str(setting.label),
            help_text=gettext_lazy("One day a line, such as 2027-12-24."),
            required=False,
            initial="\n".join(day.isoformat() for day in present),
            widget=forms.Textarea({"rows": 4}),
        )
    }


def _day_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return cleaned.get(setting.name, "").split()


def _number_fields(setting: Setting, present: list[int]) -> Fields:
    return {
        setting.name: forms.CharField(
            label=str(setting.label),
            help_text=gettext_lazy("Numbers with commas between them, such as 7, 2."),
            required=False,
            initial=", ".join(map(str, present)),
        )
    }


def _number_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    return cleaned.get(setting.name, "").replace(",", " ").split()


def _group_fields(setting: Setting, present: Mapping[str, Mapping[str, str]]) -> Fields:
    fields: Fields = {}
    for code, group in GROUPS.items():
        made = text_fields(f"{setting.name}__{code}", group.title, present.get(code, {}))
        for field in made.values():
            field.help_text = _("If empty: %(words)s") % {"words": group.next_step}
        fields |= made
    return fields


def _group_value(setting: Setting, cleaned: Mapping[str, Any]) -> Any:
    found = {code: read_texts(f"{setting.name}__{code}", cleaned) for code in GROUPS}
    return {code: texts for code, texts in found.items() if texts}


_EDITORS = {
    "intake_message": Editor(_message_fields, _message_value),
    "country_codes": Editor(_country_fields, _country_value),
    "institution_kinds": _ticks(INSTITUTION_KINDS),
    "principal_roles": Editor(_role_fields, _role_value),
    "attachment_limit_bytes": Editor(_size_fields, _size_value),
    "holiday_countries": Editor(_holiday_fields, _plain_value),
    "closed_days": Editor(_day_fields, _day_value),
    "reminder_days": Editor(_number_fields, _number_value),
    "group_texts": Editor(_group_fields, _group_value),
}

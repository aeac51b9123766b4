"""The policy in words: a value, a change of one, and the difference between two texts."""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.groups import GROUPS
from programmes.models import AbroadRule, PolicyChange, Programme, ReasonOutcome, RoleRule
from programmes.regions import REGIONS, left_out, names_of, split_codes
from programmes.settings import INSTITUTION_KINDS, PRINCIPAL_ROLES, SETTINGS, PolicySection
from staff.policy_fields import document_labels


@dataclass(frozen=True)
class Line:
    """One line of a text beside its other version; `sign` is one of `+`, `-` and a blank."""

    sign: str
    text: str


@dataclass(frozen=True)
class ChangeInWords:
    """One row of the history as a page shows it."""

    row: PolicyChange
    label: str
    before: str
    after: str


def section_in_words(programme: Programme, section: PolicySection) -> list[tuple[str, str]]:
    """Label and present value of each setting of a section."""
    return [
        (str(setting.label), in_words(setting.name, getattr(programme, setting.name), programme))
        for setting in section.settings
    ]


def in_words(setting: str, value: Any, programme: Programme) -> str:
    """A value of a setting for people; what nobody can name is shown as it is stored."""
    if value is None or value in ("", [], {}):
        return _("none")
    if setting == "required_documents":
        labels = document_labels(programme)
        return ", ".join(labels.get(key, key) for key in value)
    if setting in _WORDS:
        return _WORDS[setting](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_flat(part)}" for key, part in value.items())
    return _flat(value)


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_flat(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _countries(codes: list[str]) -> str:
    regions, others = split_codes(codes)
    names = [str(region.name) for region in REGIONS if region.code in regions]
    sentences = ["; ".join([*names, *names_of(others)])]
    if forgotten := left_out(codes):
        sentence = _("Territories of these that are left out: %(names)s.")
        sentences.append(sentence % {"names": ", ".join(names_of(forgotten))})
    return "\n".join(sentences)


def _days(days: list[Any]) -> str:
    found = [dt.date.fromisoformat(day) if isinstance(day, str) else day for day in days]
    return ", ".join(date_format(day, "j M Y") for day in found)


def _texts(texts: Mapping[str, str]) -> str:
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "\n".join(f"{language}: {text}" for language, text in texts.items())


def _group_texts(texts: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join(f"{GROUPS[group].title}: {_texts(each)}" for group, each in texts.items())


def _roles(rules: Mapping[str, str]) -> str:
    return "\n".join(
        f"{PRINCIPAL_ROLES.get(role, role)}: {RoleRule(rule).label}" for role, rule in rules.items()
    )


_WORDS: dict[str, Callable[[Any], str]] = {
    "country_codes": _countries,
    "institution_kinds": lambda kinds: "; ".join(
        str(INSTITUTION_KINDS.get(kind, kind)) for kind in kinds
    ),
    "holiday_countries": lambda codes: ", ".join(names_of(codes)),
    "closed_days": _days,
    "intake_message": _texts,
    "group_texts": _group_texts,
    "principal_roles": _roles,
    "works_abroad_rule": lambda rule: str(AbroadRule(rule).label),
    "attachment_limit_bytes": lambda size: f"{size / 1024 / 1024:.2f} MB",
}


def label_of(setting: str) -> str:
    """What the history calls a setting, also those that are no column of the programme."""
    if setting in SETTINGS:
        return str(SETTINGS[setting].label)
    kind, _dot, name = setting.partition(".")
    labels = {
        "terms": _("Version of the terms"),
        "programme": _("Programme made"),
        "criterion": _("Criterion %(name)s"),
        "reason": _("Reason %(name)s"),
        "reason_order": _("Order of the reasons: %(name)s"),
    }
    if kind == "reason_order" and name in ReasonOutcome.values:
        name = str(ReasonOutcome(name).label)
    return labels[kind] % {"name": name} if kind in labels else setting


def change_in_words(row: PolicyChange) -> ChangeInWords:
    before, after = both_in_words(row.setting, row.before, row.after, row.programme)
    return ChangeInWords(row, label_of(row.setting), before, after)


def both_in_words(setting: str, before: Any, after: Any, programme: Programme) -> tuple[str, str]:
    """A change for people: long lists show what goes and what comes, not everything twice."""
    if setting == "country_codes":
        gone, came = names_of(set(before) - set(after)), names_of(set(after) - set(before))
        return (
            _("closed: %(names)s") % {"names": ", ".join(gone) or _("none")},
            _("opened: %(names)s") % {"names": ", ".join(came) or _("none")},
        )
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        before = {key: before[key] for key in keys if key in before}
        after = {key: after[key] for key in keys if key in after}
    return in_words(setting, before, programme), in_words(setting, after, programme)


def compare(before: str, after: str) -> list[Line]:
    """The lines of both texts in order, each with its sign."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [Line(line[0], line[2:]) for line in lines if line[0] in "+- "]

"""What makes the value of a setting well-formed: each check answers what is kept, or raises."""

import datetime as dt
from typing import Any

import holidays
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from programmes.groups import GROUPS
from programmes.models import RoleRule

Text = str | Promise

LONGEST_TEXT = 2_000
LONGEST_TERMS = 20_000

# The kinds of the Research Organization Registry, version 2.
INSTITUTION_KINDS: dict[str, Text] = {
    "education": gettext_lazy("Education: universities and colleges"),
    "nonprofit": gettext_lazy("Non-profit organisations, civil society"),
    "healthcare": gettext_lazy("Healthcare: hospitals"),
    "facility": gettext_lazy("Facilities: laboratories and institutes"),
    "government": gettext_lazy("Government bodies"),
    "archive": gettext_lazy("Archives, libraries, museums"),
    "funder": gettext_lazy("Funders"),
    "company": gettext_lazy("Companies"),
    "other": gettext_lazy("Other"),
}

# By the codes of the question for the applicant's role.
PRINCIPAL_ROLES: dict[str, Text] = {
    "faculty": gettext_lazy("Faculty member or postdoc"),
    "student": gettext_lazy("Research student"),
    "non_academic": gettext_lazy("Non-academic researcher"),
    "other": gettext_lazy("Other"),
}


def _distinct(values: list[Any]) -> list[Any]:
    return sorted(set(values))


def check_name(value: str) -> str:
    if not value.strip():
        raise ValidationError(_("Give the programme a name."))
    return " ".join(value.split())


def check_countries(codes: list[str]) -> list[str]:
    unknown = sorted({code for code in codes if code not in countries})
    if unknown:
        raise ValidationError(_("No country has the code %(codes)s.") % {"codes": unknown[0]})
    if not codes:
        raise ValidationError(_("Name at least one country."))
    return _distinct(codes)


def check_kinds(kinds: list[str]) -> list[str]:
    if not kinds or not set(kinds) <= INSTITUTION_KINDS.keys():
        raise ValidationError(_("Choose at least one of the kinds of the registry."))
    return _distinct(kinds)


def check_holiday_countries(codes: list[str]) -> list[str]:
    known = holidays.list_supported_countries(include_aliases=False)
    unknown = sorted({code for code in codes if code not in known})
    if unknown:
        sentence = _(
            "No public holidays are known for %(place)s: add the days on which you are closed "
            "one by one."
        )
        raise ValidationError(sentence % {"place": unknown[0]})
    return _distinct(codes)


def check_closed_days(days: list[dt.date]) -> list[dt.date]:
    if len(set(days)) > 366:
        raise ValidationError(_("At most 366 days can be named."))
    return _distinct(days)


def check_reminders(days: list[int]) -> list[int]:
    if len(days) > 5 or any(not 1 <= each <= 365 for each in days):
        raise ValidationError(_("Name at most five numbers from 1 to 365."))
    return sorted(set(days), reverse=True)


def check_roles(rules: Any) -> dict[str, str]:
    is_complete = isinstance(rules, dict) and rules.keys() == PRINCIPAL_ROLES.keys()
    if not is_complete or not set(rules.values()) <= set(RoleRule.values):
        raise ValidationError(_("Give one rule to each role."))
    if RoleRule.YES not in rules.values() and RoleRule.ADVISOR not in rules.values():
        raise ValidationError(_("At least one role has to be able to lead a lab."))
    return {role: str(rules[role]) for role in PRINCIPAL_ROLES}


def check_documents(keys: list[str]) -> list[str]:
    return _distinct(keys)


def check_texts(texts: Any, *, longest: int = LONGEST_TEXT) -> dict[str, str]:
    """Texts per language, the empty ones left out."""
    if not isinstance(texts, dict):
        raise ValidationError(_("Give one text for each language."))
    return {
        str(code): check_text(str(text), longest=longest)
        for code, text in texts.items()
        if str(text).strip()
    }


def check_text(text: str, *, longest: int = LONGEST_TEXT) -> str:
    if "\x00" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise ValidationError(_("The text holds a character that cannot be stored."))
    if len(text) > longest:
        raise ValidationError(_("At most %(limit)s characters.") % {"limit": longest})
    return text.replace("\r\n", "\n").strip()


def check_group_texts(texts: Any) -> dict[str, dict[str, str]]:
    if not isinstance(texts, dict) or not texts.keys() <= GROUPS.keys():
        raise ValidationError(_("Give texts to the groups that the self-check knows."))
    cleaned = {group: check_texts(each) for group, each in texts.items()}
    return {group: each for group, each in cleaned.items() if each}

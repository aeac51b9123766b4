"""The settings of a programme: which columns an operator may change, by section, within which
bounds, and what makes a value well-formed. What a value *means* stands where it is used.
"""

from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from lib.errors import Refused
from programmes.models import Programme
from programmes.settings.checks import (
    INSTITUTION_KINDS,
    LONGEST_TERMS,
    LONGEST_TEXT,
    PRINCIPAL_ROLES,
    check_text,
    check_texts,
)
from programmes.settings.sections import (
    SECTIONS,
    SETTINGS,
    PolicySection,
    Setting,
    section_of,
)

__all__ = [
    "INSTITUTION_KINDS",
    "LONGEST_TERMS",
    "LONGEST_TEXT",
    "PRINCIPAL_ROLES",
    "SECTIONS",
    "SETTINGS",
    "PolicySection",
    "Setting",
    "check_text",
    "check_texts",
    "clean_setting",
    "section_of",
]


def clean_setting(programme: Programme, name: str, value: Any) -> Any:
    """The value as it is kept. Refuses what is malformed or out of bounds, with the label."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise Refused(_("“%(name)s” is not a setting of the policy.") % {"name": name})
    try:
        cleaned = _clean_column(programme, name, value)
        _check_bounds(setting, cleaned)
        return setting.check(cleaned) if setting.check else cleaned
    except ValidationError as problem:
        sentence = " ".join(problem.messages)
        raise Refused(f"{setting.label}: {sentence}") from problem


def _clean_column(programme: Programme, name: str, value: Any) -> Any:
    """What the column itself asks for. Django looks at a list, but not at the parts of it."""
    field = cast("Field[Any, Any]", Programme._meta.get_field(name))
    if isinstance(field, ArrayField):
        if not isinstance(value, list | tuple):
            raise ValidationError(_("Give a list."))
        value = [field.base_field.clean(part, programme) for part in value]
    return field.clean(value, programme)


def _check_bounds(setting: Setting, value: Any) -> None:
    if setting.most and not setting.least <= value <= setting.most:
        sentence = _("Give a number from %(least)s to %(most)s.")
        raise ValidationError(sentence % {"least": setting.least, "most": setting.most})

"""Every setting, by the section on whose page it is edited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from programmes.models import SEATS_FOR_COLLABORATORS
from programmes.settings.checks import (
    Text,
    check_closed_days,
    check_countries,
    check_documents,
    check_group_texts,
    check_holiday_countries,
    check_kinds,
    check_name,
    check_reminders,
    check_roles,
    check_texts,
)


@dataclass(frozen=True)
class Setting:
    """One column; `least` and `most` bound numbers, `check` answers what is kept or raises."""

    name: str
    label: Text
    help: Text = ""
    least: int = 0
    most: int = 0
    check: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class PolicySection:
    """Settings that are edited on one page."""

    key: str
    title: Text
    settings: tuple[Setting, ...]


_MB = 1024 * 1024
_A_BILLION = 1_000_000_000

SECTIONS: tuple[PolicySection, ...] = (
    PolicySection(
        "intake",
        gettext_lazy("Name and intake"),
        (
            Setting("name", gettext_lazy("Name of the programme"), check=check_name),
            Setting(
                "is_public",
                gettext_lazy("Shown to the public"),
                gettext_lazy("Otherwise nobody is offered this programme; labs in it go on."),
            ),
            Setting(
                "intake_is_open",
                gettext_lazy("Applications are open"),
                gettext_lazy("While paused, drafts can be written but not submitted."),
            ),
            Setting(
                "intake_message",
                gettext_lazy("Message while applications are paused"),
                gettext_lazy("Why, and until when if you know it."),
                check=check_texts,
            ),
        ),
    ),
    PolicySection(
        "regions",
        gettext_lazy("Countries"),
        (Setting("country_codes", gettext_lazy("Countries"), check=check_countries),),
    ),
    PolicySection(
        "people",
        gettext_lazy("Institutions and people"),
        (
            Setting(
                "institution_kinds",
                gettext_lazy("Kinds of institutions"),
                gettext_lazy("As the registry calls them. The kind is a hint; staff decide."),
                check=check_kinds,
            ),
            Setting(
                "principal_roles",
                gettext_lazy("Who may lead a lab"),
                check=check_roles,
            ),
            Setting("works_abroad_rule", gettext_lazy("People who work in a country not open")),
            Setting(
                "temporary_travel_days",
                gettext_lazy("Longest temporary travel, in days"),
                least=1,
                most=730,
            ),
            Setting(
                "signing_official_is_required",
                gettext_lazy("An official of the institution signs each application"),
            ),
        ),
    ),
    PolicySection(
        "limits",
        gettext_lazy("Limits of a lab"),
        (
            Setting(
                "collaborators_limit",
                gettext_lazy("Collaborators beside the principal researcher"),
                most=SEATS_FOR_COLLABORATORS,
            ),
            Setting(
                "longest_access_days", gettext_lazy("Longest access, in days"), least=1, most=3_650
            ),
            Setting(
                "research_requests_limit",
                gettext_lazy("Requests a day"),
                least=1,
                most=_A_BILLION,
            ),
            Setting(
                "research_records_limit", gettext_lazy("Records a day"), least=1, most=_A_BILLION
            ),
            Setting(
                "relations_requests_limit",
                gettext_lazy("Requests a day for followers and following"),
                least=1,
                most=_A_BILLION,
            ),
            Setting(
                "relations_records_limit",
                gettext_lazy("Records a day for followers and following"),
                least=1,
                most=_A_BILLION,
            ),
            Setting(
                "invitation_days", gettext_lazy("Days an invitation is good for"), least=1, most=365
            ),
            Setting(
                "linked_labs_may_share", gettext_lazy("Linked labs may share queries and results")
            ),
        ),
    ),
    PolicySection(
        "applying",
        gettext_lazy("Applying"),
        (
            Setting(
                "required_documents",
                gettext_lazy("Documents that every application needs"),
                check=check_documents,
            ),
            Setting(
                "attachment_limit_bytes",
                gettext_lazy("Largest attachment"),
                least=1024,
                most=100 * _MB,
            ),
            Setting(
                "member_confirm_days",
                gettext_lazy("Days in which a listed person confirms their details"),
                least=1,
                most=365,
            ),
            Setting(
                "changes_answer_days",
                gettext_lazy("Days after which an unanswered request for changes closes"),
                least=1,
                most=730,
            ),
            Setting(
                "draft_idle_days",
                gettext_lazy("Days after which an untouched draft expires"),
                least=7,
                most=3_650,
            ),
        ),
    ),
    PolicySection(
        "review",
        gettext_lazy("Reviewing"),
        (
            Setting("review_count", gettext_lazy("Reviews of each application"), least=1, most=5),
            Setting(
                "review_target_days",
                gettext_lazy("Working days until the decision"),
                least=1,
                most=365,
            ),
            Setting(
                "untouched_review_days",
                gettext_lazy("Working days until an untouched review is offered to another"),
                least=1,
                most=365,
            ),
            Setting(
                "holiday_countries",
                gettext_lazy("Public holidays of"),
                gettext_lazy("They are no working days."),
                check=check_holiday_countries,
            ),
            Setting(
                "closed_days",
                gettext_lazy("Other days on which the office is closed"),
                check=check_closed_days,
            ),
            Setting(
                "reminder_days",
                gettext_lazy("Reminders, in days before a date"),
                check=check_reminders,
            ),
            Setting("appeal_days", gettext_lazy("Days for an appeal"), least=1, most=365),
        ),
    ),
    PolicySection(
        "groups",
        gettext_lazy("Words for those outside"),
        (
            Setting(
                "group_texts",
                gettext_lazy("What the self-check says to groups that are not included"),
                check=check_group_texts,
            ),
        ),
    ),
)

SETTINGS = {setting.name: setting for section in SECTIONS for setting in section.settings}


def section_of(key: str) -> PolicySection | None:
    return next((section for section in SECTIONS if section.key == key), None)

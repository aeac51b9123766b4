"""Roles and what they may do. Changed only with the consent of those who govern the data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is to the installation. Seats in a lab are memberships, not roles."""

    # Anybody who signs up.
    APPLICANT = "APPLICANT", _("Researcher")
    # Staff of the data holder, trained to judge applications; given by an operator.
    REVIEWER = "REVIEWER", _("Reviewer")
    # Staff who run the programme; made by `manage.py create_operator`.
    OPERATOR = "OPERATOR", _("Operator")


class Ability(TextChoices):
    """What staff may do."""

    REVIEW = "REVIEW", _("Review applications and collaborators")
    RUN_PROGRAMME = "RUN_PROGRAMME", _("Change the programme and its settings")


ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.APPLICANT: frozenset(),
    Role.REVIEWER: frozenset({Ability.REVIEW}),
    Role.OPERATOR: frozenset({Ability.REVIEW, Ability.RUN_PROGRAMME}),
}


def roles_with(ability: Ability) -> frozenset[Role]:
    """The roles whose holders may do it."""
    return frozenset(role for role, abilities in ABILITIES.items() if ability in abilities)

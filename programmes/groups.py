"""The groups that a programme may leave out, each with its own explanation and next step.

The sentences here hold until the operator writes others (`Programme.group_texts`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme, in_language

Text = str | Promise

REGION = "region"
ABROAD = "abroad"
CIVIL_SOCIETY = "civil_society"
CREATOR = "creator"
ADVERTISER = "advertiser"
COMMERCIAL = "commercial"
DEVELOPER = "developer"
STUDENT = "student"
INDEPENDENT = "independent"


@dataclass(frozen=True)
class Group:
    """A group of people, why the programme does not take them, and what they can do."""

    title: Text
    explanation: Text
    next_step: Text


GROUPS: dict[str, Group] = {
    REGION: Group(
        _("Other countries"),
        _("The programme is open to institutions in the countries listed below."),
        _(
            "Other countries are being worked on. Leave your address to be told when yours opens, "
            "or let a colleague at an institution in an open country lead the project."
        ),
    ),
    ABROAD: Group(
        _("Working in another country"),
        _("Everybody in a lab works in a country that is open, wherever the institution is."),
        _(
            "Apply once you work there, or let a colleague who does lead the project. Short "
            "travel is possible: name the days in the application."
        ),
    ),
    CIVIL_SOCIETY: Group(
        _("Civil society and other non-profit organisations"),
        _("At present only people employed by non-profit academic institutions are included."),
        _(
            "Widening the programme to civil society is being worked on, and there is a waiting "
            "list of its own. You may join a lab only where an academic institution employs you."
        ),
    ),
    CREATOR: Group(
        _("Creators"),
        _("The programme is for research; it does not serve creators with data on their work."),
        _("The platform's creator tools show how your own content does."),
    ),
    ADVERTISER: Group(
        _("Advertisers"),
        _("The programme is for research; it does not serve advertising or market analysis."),
        _("The platform's business products and its public library of advertisements do."),
    ),
    COMMERCIAL: Group(
        _("Commercial use"),
        _("The data may be used for non-commercial research only, under the research terms."),
        _("Companies find what they need in the platform's business products and commercial API."),
    ),
    DEVELOPER: Group(
        _("A developer account"),
        _(
            "A developer account by itself gives no access. Access needs three things: that you "
            "qualify, an application for a specific project, and its approval."
        ),
        _("You need no developer account to apply. Begin with the points that are not met yet."),
    ),
    STUDENT: Group(
        _("Research students"),
        _("A research student may lead a project with the endorsement of an advisor."),
        _(
            "Ask your advisor before you apply, and name the advisor's institutional address in "
            "the form. Your advisor may lead the project instead, with you as a collaborator."
        ),
    ),
    INDEPENDENT: Group(
        _("Independent researchers"),
        _("Access is given to people whom an institution employs, because it answers for them."),
        _(
            "An appointment at an academic institution, also a part-time or visiting one, lets "
            "you apply or join a lab there. Until then a colleague there can lead the project."
        ),
    ),
}


def words_for(programme: Programme, group: str) -> tuple[str, str]:
    """The explanation, and the next step: the operator's own words if there are any."""
    own = in_language(programme.group_texts.get(group, {}))
    return str(GROUPS[group].explanation), own or str(GROUPS[group].next_step)

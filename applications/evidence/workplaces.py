"""Where people sit when they use the data, which is another question than their institution's seat.

One rule for the applicant and for everybody in the team: a place that is open, or a journey that
is not longer than the policy allows. The operator may leave places abroad to staff instead.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.evidence.facts import Facts
from applications.models import ListedCollaborator
from applications.questions import NO, PLACE_KEY
from programmes.models import AbroadRule, Programme
from programmes.regions import name_of, standing
from reviews.actions import EvidenceItem
from reviews.models import Colour


@dataclass(frozen=True)
class Workplace:
    """A country and, where the person is there for a time only, the first and the last day."""

    country_code: str
    travels_from: dt.date | None = None
    travels_until: dt.date | None = None

    @property
    def travel_days(self) -> int:
        """How long the journey is, both days counted; 0 where it has no end."""
        if self.travels_from is None or self.travels_until is None:
            return 0
        return (self.travels_until - self.travels_from).days + 1


def judge_workplace(programme: Programme, place: Workplace) -> tuple[Colour, str]:
    """What the policy says of it."""
    if not place.country_code:
        return Colour.YELLOW, _("It is not said in which country the person works.")
    rule = standing(place.country_code, programme.country_codes)
    if rule.is_covered:
        return Colour.GREEN, rule.sentence
    if programme.works_abroad_rule == AbroadRule.ANYWHERE:
        return Colour.GREEN, _("By the policy the place of work does not matter.")
    if place.travel_days:
        return _judge_journey(programme, place.travel_days)
    if programme.works_abroad_rule == AbroadRule.STAFF:
        return (
            Colour.YELLOW,
            f"{rule.sentence} {_('Staff decide whether work from there is fine.')}",
        )
    return Colour.RED, f"{rule.sentence} {_('Only temporary travel is allowed there.')}"


def _judge_journey(programme: Programme, days: int) -> tuple[Colour, str]:
    limit = programme.temporary_travel_days
    length = ngettext("The journey lasts %(days)s day", "The journey lasts %(days)s days", days)
    words = {"journey": length % {"days": days}, "limit": limit}
    if days <= limit:
        return Colour.GREEN, _("%(journey)s; the policy allows %(limit)s.") % words
    if programme.works_abroad_rule == AbroadRule.STAFF:
        return Colour.YELLOW, _("%(journey)s, more than %(limit)s: staff decide.") % words
    return Colour.RED, _("%(journey)s; the policy allows %(limit)s only.") % words


def about_workplace(facts: Facts) -> Iterator[EvidenceItem]:
    """The applicant's own."""
    place = _applicants(facts)
    colour, sentence = judge_workplace(facts.programme, place)
    home = facts.application.institution and facts.application.institution.country.code
    if home and place.country_code and home != place.country_code:
        elsewhere = _("The institution itself is in %(country)s.") % {"country": name_of(home)}
        sentence = f"{sentence} {elsewhere}"
    yield EvidenceItem(
        "workplace", colour, sentence, source=_("The application"), value=_value(place)
    )


def _applicants(facts: Facts) -> Workplace:
    answers = facts.answers
    code = str(answers.get(PLACE_KEY) or "")
    if answers.get("is_travelling", NO) == NO:
        return Workplace(code)
    first, last = (_day(answers.get(key)) for key in ("travels_from", "travels_until"))
    return Workplace(code, first, last)


def _day(answer: str | None) -> dt.date | None:
    return dt.date.fromisoformat(answer) if answer else None


def about_collaborators_workplaces(facts: Facts) -> Iterator[EvidenceItem]:
    """Each collaborator's, by the same rule."""
    for person in facts.collaborators:
        place = _of(person)
        colour, sentence = judge_workplace(facts.programme, place)
        yield EvidenceItem(
            "collaborators",
            colour,
            f"{person.name}: {sentence}",
            source=_("The application"),
            value=_value(place),
            part_id=person.pk,
        )


def _of(person: ListedCollaborator) -> Workplace:
    return Workplace(person.works_in.code or "", person.travels_from, person.travels_until)


def _value(place: Workplace) -> str:
    return name_of(place.country_code) if place.country_code else ""

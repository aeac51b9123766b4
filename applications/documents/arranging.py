"""Putting the answers under the headings of another rule book."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from applications.documents.regimes import OTHER, Regime
from applications.documents.structure import Entry, Part, Person
from applications.documents.wording import describe_person


def arrange(parts: Iterable[Part], people: Iterable[Person], regime: Regime) -> tuple[Part, ...]:
    """Every heading of the rule book in its order, the unanswered too; then all other answers."""
    entries = [entry for part in parts for entry in part.entries]
    entries += _people_entry(people)
    under: dict[str, list[Entry]] = {}
    for entry in entries:
        under.setdefault(regime.place_of(entry), []).append(entry)
    arranged = [
        Part(heading.key, str(heading.title), str(heading.asks), tuple(under.get(heading.key, ())))
        for heading in regime.headings
    ]
    if OTHER in under:
        arranged.append(Part(OTHER, _("Other answers"), "", tuple(under[OTHER])))
    return tuple(arranged)


def _people_entry(people: Iterable[Person]) -> list[Entry]:
    """The collaborators as one more answer, so that they have their place too."""
    lines = [describe_person(person) for person in people]
    if not lines:
        return []
    text = "\n".join(lines)
    return [Entry("people", _("Collaborators"), lines, text, element="a", heading="people")]

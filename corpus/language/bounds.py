"""The size of a query, judged in one pass before anything is understood.

A query is attacked by its size before its meaning, so this looks at each list once, reads no
text and does no arithmetic; what passes is small enough for any later step.
"""

from typing import Any

from django.utils.translation import gettext as _

from corpus.language.errors import InvalidQuery

LISTS = ("and", "or", "not")
MOST_CONDITIONS = 100
MOST_VALUES = 1_000
LONGEST_VALUE = 1_000


def check_size(query: dict[Any, Any]) -> None:
    """Refuse more conditions, values or characters than any real question needs."""
    lists = [query[name] for name in LISTS if isinstance(query.get(name), list)]
    if sum(map(len, lists)) > MOST_CONDITIONS:
        problem = _("at most %(most)d conditions are allowed.") % {"most": MOST_CONDITIONS}
        raise InvalidQuery("query", problem)
    conditions = [item for found in lists for item in found if isinstance(item, dict)]
    values = [item.get("field_values") for item in conditions]
    given = [found for found in values if isinstance(found, list)]
    if sum(map(len, given)) > MOST_VALUES:
        problem = _("at most %(most)d values are allowed in all.") % {"most": MOST_VALUES}
        raise InvalidQuery("query", problem)


def check_length(text: str, place: str) -> None:
    if len(text) > LONGEST_VALUE:
        problem = _("a value has at most %(most)d characters.") % {"most": LONGEST_VALUE}
        raise InvalidQuery(place, problem)

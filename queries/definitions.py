"""From a stored query to the language's own, understood again by the present grammar."""

from corpus import language
from queries.models import Query


def parsed(query: Query) -> language.Query:
    """A browser query may span more than the 30 days that one API request may."""
    return language.parse(
        query.definition,
        start_date=query.start_date,
        end_date=query.end_date,
        longest_days=None,
    )

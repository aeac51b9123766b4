"""Whether a query stays inside of what its lab was approved for, judged before anything is read.

A query is never narrowed in silence: one that asks for more is refused, and the sentence says
which part of it, so that its author changes the question and knows what the answer is about.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from corpus import language
from corpus.codebook import VIDEO_QUERY_FIELDS, VIDEOS
from lib.errors import Refused
from programmes.scope import Scope
from queries.definitions import parsed
from queries.models import Query

Problem = tuple[str, str]

# Conditions that the scope judges by their values: days by those of the window, regions by theirs.
_DAY, _REGION = "create_date", "region_code"


class OutsideScope(Refused):
    """The query asks for something that the lab was not approved for."""

    http_status = 403

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(_("%(place)s: %(problem)s") % {"place": place, "problem": problem})
        self.place = place
        self.problem = problem


class TableOutsideScope(OutsideScope):
    """Nothing of this kind of data is approved, so no change of the query would help."""


def check_in_scope(scope: Scope, query: language.Query, fields: Sequence[str] = ()) -> None:
    """Refuse the first thing that is asked of videos and not approved."""
    if not scope:
        return
    if problem := scope.refusal_of_table(VIDEOS.name):
        raise TableOutsideScope(VIDEOS.name, problem)
    for place, problem in _problems(scope, query, fields):
        raise OutsideScope(place, problem)


def check_query(query: Query, scope: Scope | None = None) -> None:
    """A stored query as its lab's scope stands now, or as another scope would have it."""
    allowed = query.organization.approved_data if scope is None else scope
    check_in_scope(allowed, parsed(query), query.fields)


def refusal_of(query: Query) -> str:
    """The sentence that `check_query` would refuse with; nothing while it would not."""
    try:
        check_query(query)
    except Refused as refusal:
        return refusal.sentence
    return ""


def _problems(scope: Scope, query: language.Query, fields: Sequence[str]) -> Iterator[Problem]:
    for name in fields:
        if problem := scope.refusal_of_field(VIDEOS.name, name):
            yield "fields", problem
    if problem := scope.refusal_of_first_day(query.start_date):
        yield "start_date", problem
    if problem := scope.refusal_of_last_day(query.end_date):
        yield "end_date", problem
    yield from _conditions_on_fields(scope, query)
    yield from _regions(scope, query)


def _conditions_on_fields(scope: Scope, query: language.Query) -> Iterator[Problem]:
    """Who may not see a field may not find out its values by conditions on it either."""
    judged_by_values = {_DAY} if scope.regions is None else {_DAY, _REGION}
    for place, condition in _places(query):
        if condition.field_name in judged_by_values:
            continue
        column = VIDEO_QUERY_FIELDS[condition.field_name].column
        if problem := scope.refusal_of_field(VIDEOS.name, column):
            yield f"{place}.field_name", problem


def _regions(scope: Scope, query: language.Query) -> Iterator[Problem]:
    if scope.regions is None:
        return
    asked = _regions_asked(query)
    if asked is None:
        problem = _(
            "your lab is approved for some regions only; add a condition that region_code is "
            "one or more of %(known)s."
        )
        yield "query", problem % {"known": scope.regions_text}
        return
    for place, condition in _places(query, "and", "or"):
        if condition.field_name == _REGION:
            for code in sorted(_codes(condition) & asked):
                if problem := scope.refusal_of_region(code):
                    yield f"{place}.field_values", problem


def _regions_asked(query: language.Query) -> frozenset[str] | None:
    """Every region from which a video can come that this query finds; None is any.

    Each condition of `and` narrows them, and so does `or` when all of it is about regions.
    """
    bounds = [_codes(one) for one in query.all_of if one.field_name == _REGION]
    if query.any_of and all(one.field_name == _REGION for one in query.any_of):
        bounds.append(frozenset().union(*map(_codes, query.any_of)))
    if not bounds:
        return None
    refused = [_codes(one) for one in query.none_of if one.field_name == _REGION]
    return frozenset.intersection(*bounds).difference(*refused)


def _codes(condition: language.Condition) -> frozenset[str]:
    return frozenset(map(str, condition.values))


def _places(query: language.Query, *names: str) -> Iterator[tuple[str, language.Condition]]:
    """Each condition with its place, spelled as the language spells it in its refusals."""
    lists = {"and": query.all_of, "or": query.any_of, "not": query.none_of}
    for name in names or lists:
        for index, condition in enumerate(lists[name]):
            yield f"query.{name}[{index}]", condition

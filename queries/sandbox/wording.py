"""The short text that an applicant takes into the application."""

import datetime as dt
import json

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corpus.language import Condition
from queries.sandbox.answers import Answer
from queries.sandbox.cost import Cost

_VALUES_NAMED = 10


def text_for_application(answer: Answer, link: str) -> str:
    """Days, conditions, fields and cost, a line each; the link only if there is one."""
    query = answer.query
    dates = {"start": _day(query.start_date), "end": _day(query.end_date)}
    lines = [
        _("Query, tried in the sandbox on invented data (%(programme)s)")
        % {"programme": answer.programme.name},
        _("Days: %(start)s to %(end)s, both included, UTC") % dates,
        *_conditions(_("All of: %s"), query.all_of),
        *_conditions(_("At least one of: %s"), query.any_of),
        *_conditions(_("None of: %s"), query.none_of),
        _("Fields: %s") % ", ".join(answer.fields),
        *_expected(answer.expected),
    ]
    if link:
        lines.append(_("Link: %s") % link)
    return "\n".join(lines)


def _expected(cost: Cost | None) -> list[str]:
    if cost is None:
        return []
    records, requests = intcomma(cost.records), intcomma(cost.requests)
    days = ngettext("%(days)s quota day", "%(days)s quota days", cost.days)
    limits = _("%(requests)s requests and %(records)s records a day") % {
        "requests": intcomma(cost.requests_limit),
        "records": intcomma(cost.records_limit),
    }
    return [
        _("Records expected: %s (our own estimate)") % records,
        ngettext(
            "Cost: %(requests)s request, %(days)s at %(limits)s",
            "Cost: %(requests)s requests, %(days)s at %(limits)s",
            cost.requests,
        )
        % {"requests": requests, "days": days % {"days": intcomma(cost.days)}, "limits": limits},
    ]


def _conditions(heading: str, conditions: tuple[Condition, ...]) -> list[str]:
    return [heading % "; ".join(map(_condition, conditions))] if conditions else []


def _condition(condition: Condition) -> str:
    """As the language writes it; of a long list the first values and how many more there are."""
    written = condition.to_json()
    values = [json.dumps(value, ensure_ascii=False) for value in written["field_values"]]
    named = ", ".join(values[:_VALUES_NAMED])
    if len(values) > _VALUES_NAMED:
        more = len(values) - _VALUES_NAMED
        named = _("%(named)s and %(more)d more") % {"named": named, "more": more}
    return f"{written['field_name']} {written['operation']} {named}"


def _day(day: dt.date) -> str:
    return date_format(day, "j M Y")

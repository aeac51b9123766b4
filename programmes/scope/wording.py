"""A scope in words, for pages and mails."""

from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from corpus.codebook import TABLES
from programmes.scope.approved import LIMITS, Scope


class Line(NamedTuple):
    """One thing that a scope says, for pages and mails."""

    term: str
    value: str

    def __str__(self) -> str:
        return f"{self.term}: {self.value}"


def lines_of(scope: Scope) -> list[Line]:
    """The data always; of what else there is, what the scope limits."""
    return [*_data_lines(scope), *_limit_lines(scope)]


def _data_lines(scope: Scope) -> list[Line]:
    tables = [name for name in TABLES if not scope.refusal_of_table(name)]
    lines = [Line(_("Kinds of data"), ", ".join(tables))]
    for table in (name for name in TABLES if name in scope.fields):
        shown = ", ".join(scope.allowed_fields(table))
        lines.append(Line(_("Fields of %(table)s") % {"table": table}, shown))
    if not scope.fields:
        lines.append(Line(_("Fields"), _("all")))
    lines.append(Line(_("Regions"), _("all") if scope.regions is None else scope.regions_text))
    return [*lines, Line(_("Days of the data (UTC)"), _days_text(scope))]


def _days_text(scope: Scope) -> str:
    words = {
        "first": date_format(scope.first_day, "j M Y") if scope.first_day else "",
        "last": date_format(scope.last_day, "j M Y") if scope.last_day else "",
    }
    if scope.first_day and scope.last_day:
        return _("%(first)s to %(last)s") % words
    if scope.first_day:
        return _("from %(first)s on") % words
    return _("up to %(last)s") % words if scope.last_day else _("all")


def _limit_lines(scope: Scope) -> list[Line]:
    terms = {
        "collaborators_limit": _("Collaborators, at most"),
        "research_requests_limit": _("Requests a day"),
        "research_records_limit": _("Records a day"),
        "relations_requests_limit": _("Requests a day for followers and following"),
        "relations_records_limit": _("Records a day of followers and following"),
    }
    limits = {name: getattr(scope, name) for name in LIMITS}
    lines = [Line(terms[name], intcomma(most)) for name, most in limits.items() if most is not None]
    if scope.ends_on:
        lines.append(Line(_("Last day of access (UTC)"), date_format(scope.ends_on, "j M Y")))
    return lines

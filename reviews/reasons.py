"""The reasons that staff give, by the programme's own list."""

from typing import TypeVar, cast

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from lib.errors import Refused
from programmes.models import Programme, ReasonCode, ReasonOutcome

Row = TypeVar("Row", bound=Model)


def check_reason(programme: Programme, code: str, outcome: ReasonOutcome) -> ReasonCode:
    """The reason of this code. Refuses one that the programme does not use for this outcome."""
    reason = ReasonCode.objects.in_use(programme, outcome).filter(code=code).first()
    if reason is None:
        raise Refused(_("Choose the reason from the list of this programme."))
    return reason


def usual_reason(programme: Programme) -> str:
    """What an approval is given for unless somebody says otherwise: the first of the list."""
    first = ReasonCode.objects.in_use(programme, ReasonOutcome.APPROVED).first()
    return first.code if first else ""


def reason_choices(programme: Programme, outcome: ReasonOutcome) -> list[tuple[str, str]]:
    """The list as a form offers it."""
    return [(row.code, str(row)) for row in ReasonCode.objects.in_use(programme, outcome)]


def with_reason_texts(rows: QuerySet[Row], programme: Programme) -> QuerySet[Row]:
    """Decisions or reviews that know the words of their reason, without asking for each."""
    named = ReasonCode.objects.filter(programme=programme, code=OuterRef("reason"))
    annotated = rows.annotate(reason_title=Subquery(named.values("title")[:1]))
    return cast("QuerySet[Row]", annotated)

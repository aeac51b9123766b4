"""What was decided before where the same institution or the same reason was in question."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.json import KT

from accounts.models import User
from applications.models import Application, ApplicationVersion
from applications.states import ApplicationStatus as S
from reviews.models import Decision, Outcome

_MOST = 5
_DECIDED = (S.APPROVED, S.DECLINED)


@dataclass(frozen=True)
class Precedent:
    """One file that was decided, with the words of the decision."""

    application: Application
    title: str
    decision: Decision | None


@dataclass(frozen=True)
class Precedents:
    """Those of the institution, and those of the reasons that were given in this file."""

    of_institution: list[Precedent]
    of_reason: list[Precedent]


def precedents_of(application: Application, user: User) -> Precedents:
    """The newest of each kind, among those that the person may see."""
    seen = (
        Application.objects.reviewable_by(user)
        .filter(status__in=_DECIDED)
        .exclude(pk=application.pk)
        .select_related("institution")
        .defer("answers", "search")
        .order_by("-id")
    )
    institution = application.institution_id
    same_place = list(seen.filter(institution=institution)[:_MOST]) if institution else []
    same_reason = list(seen.filter(pk__in=_refused_for(_reasons(application)))[:_MOST])
    everything = [*same_place, *same_reason]
    titles, decisions = _titles(everything), _decisions(everything)
    return Precedents(
        *(
            [Precedent(row, titles.get(row.pk, ""), decisions.get(row.pk)) for row in rows]
            for rows in (same_place, same_reason)
        )
    )


def _reasons(application: Application) -> set[str]:
    """What was proposed or decided in this file; what others recommend stays closed."""
    rows = Decision.objects.about(application).exclude(reason="").filter(outcome=Outcome.DECLINED)
    return set(rows.values_list("reason", flat=True))


def _refused_for(reasons: set[str]) -> QuerySet[Any, Any]:
    refused = Decision.objects.filter(
        subject_kind=Application._meta.label_lower,
        outcome=Outcome.DECLINED,
        reason__in=reasons,
        is_proposal=False,
    )
    return refused.order_by("-id").values("subject_id")[: _MOST * 10]


def _titles(rows: list[Application]) -> dict[Any, str]:
    frozen = ApplicationVersion.objects.filter(
        application__in=rows, number=F("application__version_count")
    )
    return dict(frozen.values_list("application_id", KT("answers__project_title")))


def _decisions(rows: list[Application]) -> dict[Any, Decision]:
    """The last word about each."""
    found = Decision.objects.filter(
        subject_id__in=[row.pk for row in rows], is_proposal=False
    ).exclude(outcome=Outcome.CHANGES_REQUESTED)
    return {each.subject_id: each for each in found.order_by("id")}

"""Whom a change of policy would affect, said before it is saved. Reads only; decides nothing.

The policy lies below the apps whose rows it touches, so this view of both is composed here.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from applications.models import Application
from applications.questions import DAYS_KEY, PLACE_KEY
from applications.states import OPEN, ApplicationStatus
from lib.time import now, today
from organizations.models import Organization
from organizations.states import SEATED
from programmes.models import Interest, Programme, RoleRule
from quotas.buckets import Bucket
from quotas.models import QuotaDay
from staff.policy_due_dates import WORKING_DAYS, moved_due_dates

_EXAMPLES = 5
_QUOTA_DAYS = 30

Changes = Mapping[str, Any]


@dataclass(frozen=True)
class Effect:
    """Who is affected in which way, how many, and some of them by name and link."""

    count: int
    sentence: str
    examples: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """What each part of the preview is told."""

    programme: Programme
    changes: Changes
    by: User

    def open_applications(self) -> QuerySet[Application]:
        return self.programme.applications.filter(status__in=OPEN)

    def drafts(self) -> QuerySet[Application]:
        return self.programme.applications.filter(status=ApplicationStatus.DRAFT)

    def labs(self) -> QuerySet[Organization]:
        return self.programme.organizations.not_ended()

    def before(self, name: str) -> Any:
        return getattr(self.programme, name)


def effects_of(programme: Programme, changes: Changes, *, by: User) -> list[Effect]:
    """The effects of these changes that touch anybody, setting by setting."""
    look = Look(programme, changes, by)
    found = [effect for name in changes if name in _PARTS for effect in _PARTS[name](look)]
    if WORKING_DAYS & changes.keys():
        found += _due_dates(look)
    return [effect for effect in found if effect.count]


def _applications(look: Look, rows: QuerySet[Application], sentence: str) -> Effect:
    """Drafts are counted and never shown; a file is named to those only who may open it."""
    shown = rows.filter(pk__in=Application.objects.reviewable_by(look.by).values("pk"))
    examples = [(each.title, _link(each)) for each in shown.order_by("id")[:_EXAMPLES]]
    return Effect(rows.count(), sentence, examples)


def _link(application: Application) -> str:
    return reverse("staff:application", args=[application.pk])


def _labs(rows: QuerySet[Organization], sentence: str) -> Effect:
    examples = [
        (lab.name, reverse("lab", args=[lab.pk])) for lab in rows.order_by("id")[:_EXAMPLES]
    ]
    return Effect(rows.count(), sentence, examples)


def _countries(look: Look) -> Iterator[Effect]:
    before, after = set(look.before("country_codes")), set(look.changes["country_codes"])
    lost, gained = sorted(before - after), sorted(after - before)
    described = Q(institution=None, answers__institution_country__in=lost)
    yield _applications(
        look,
        look.open_applications().filter(Q(institution__country__in=lost) | described),
        _("Open applications from institutions in a country that would no longer be open"),
    )
    yield _labs(
        look.labs().filter(institution__country__in=lost),
        _("Labs at institutions in such a country, whose access stays as it was decided"),
    )
    if lost:
        yield from _abroad(look)
    yield _listed(
        Interest.objects.waiting().filter(
            programme=look.programme, kind="REGION", country_code__in=gained
        )
    )


def _listed(rows: QuerySet[Interest]) -> Effect:
    return Effect(rows.count(), _("People on the waiting list who would be told"))


def _kinds(look: Look) -> Iterator[Effect]:
    before, after = look.before("institution_kinds"), look.changes["institution_kinds"]
    falls_out = Q(institution__kinds__overlap=before) & ~Q(institution__kinds__overlap=after)
    yield _applications(
        look,
        look.open_applications().filter(falls_out),
        _("Open applications from a kind of institution that would no longer be included"),
    )
    yield _labs(
        look.labs().filter(falls_out),
        _("Labs at such institutions, whose access stays as it was decided"),
    )
    if "nonprofit" in set(after) - set(before):
        codes = look.changes.get("country_codes", look.before("country_codes"))
        waiting = Interest.objects.waiting().filter(programme=look.programme)
        yield _listed(waiting.filter(kind="CIVIL_SOCIETY", country_code__in=codes))


def _roles(look: Look) -> Iterator[Effect]:
    before, after = look.before("principal_roles"), look.changes["principal_roles"]
    closed = [
        role for role, rule in after.items() if rule == RoleRule.NO and before.get(role) != rule
    ]
    yield _applications(
        look,
        look.open_applications().filter(answers__role__in=closed),
        _("Open applications from somebody in a role that could no longer lead a lab"),
    )


def _longest_access(look: Look) -> Iterator[Effect]:
    longest = look.changes["longest_access_days"]
    # PostgreSQL sorts any number after any text, so an odd answer asks for nothing.
    rows = look.open_applications().filter(**{f"answers__{DAYS_KEY}__gt": longest})
    yield _applications(
        look,
        rows.filter(status=ApplicationStatus.DRAFT),
        _("Drafts that ask for a longer period and would have to shorten it"),
    )
    yield _applications(
        look,
        rows.exclude(status=ApplicationStatus.DRAFT),
        _("Submitted applications that ask for a longer period; staff decide about them"),
    )
    length = F("ends_at") - F("starts_at")
    longer = look.labs().annotate(length=length).filter(length__gt=dt.timedelta(days=longest))
    yield _labs(
        longer,
        _("Labs that have longer access already, which stays as it was decided"),
    )


def _abroad(look: Look) -> Iterator[Effect]:
    """Whoever said that they work where the policy, as it would be, is not open."""
    codes = look.changes.get("country_codes", look.before("country_codes"))
    said = {f"answers__{PLACE_KEY}__gt": ""}
    elsewhere = ~Q(**{f"answers__{PLACE_KEY}__in": list(codes)})
    yield _applications(
        look,
        look.open_applications().filter(elsewhere, **said),
        _("Open applications from somebody who works in a country that is not open"),
    )


def _collaborators(look: Look) -> Iterator[Effect]:
    limit = look.changes["collaborators_limit"]
    seated = Count("memberships", filter=Q(memberships__status__in=SEATED, memberships__seat__gt=0))
    yield _labs(
        look.labs().filter(collaborators_limit=None).alias(taken=seated).filter(taken__gt=limit),
        _("Labs with more collaborators: nobody loses a seat, and nobody new can be added"),
    )
    yield _applications(
        look,
        look.open_applications().alias(listed=Count("collaborators")).filter(listed__gt=limit),
        _("Open applications that list more collaborators"),
    )


def _quota(name: str, bucket: Bucket, used: str) -> Callable[[Look], Iterator[Effect]]:
    """Labs that used more on some day of the last month than they would have."""

    def part(look: Look) -> Iterator[Effect]:
        since = today() - dt.timedelta(days=_QUOTA_DAYS)
        days = QuotaDay.objects.filter(organization__in=look.labs(), bucket=bucket, day__gte=since)
        heavy = (
            days.values("organization")
            .annotate(most=Max(used))
            .filter(most__gt=look.changes[name])
            .values("organization")
        )
        yield _labs(
            look.labs().filter(pk__in=heavy, **{name: None}),
            _("Labs that used more on a day of the last month; from tomorrow they have less"),
        )

    return part


def _intake(look: Look) -> Iterator[Effect]:
    if look.changes["intake_is_open"]:
        waiting = Interest.objects.waiting().filter(programme=look.programme)
        yield _listed(waiting.filter(kind="INTAKE"))
    else:
        sentence = _("Drafts that could not be submitted until applications open again")
        yield _applications(look, look.drafts(), sentence)


def _public(look: Look) -> Iterator[Effect]:
    if not look.changes["is_public"]:
        sentence = _("Drafts begun under this programme, which would be shown to nobody else")
        yield _applications(look, look.drafts(), sentence)


def _documents(look: Look) -> Iterator[Effect]:
    if set(look.changes["required_documents"]) - set(look.before("required_documents")):
        sentence = _("Drafts that would need the further documents before they can be submitted")
        yield _applications(look, look.drafts(), sentence)


def _idle_drafts(look: Look) -> Iterator[Effect]:
    since = now() - dt.timedelta(days=look.changes["draft_idle_days"])
    yield _applications(
        look,
        look.drafts().filter(saved_at__lt=since),
        _("Drafts not touched for that long, which would expire, with notice"),
    )


def _unanswered(look: Look) -> Iterator[Effect]:
    waiting = look.open_applications().filter(status=ApplicationStatus.CHANGES_REQUESTED)
    sentence = _(
        "Applications that wait for the applicant's answer, for which the new number counts"
    )
    yield _applications(look, waiting, sentence)


def _review_count(look: Look) -> Iterator[Effect]:
    early = (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW)
    yield _applications(
        look,
        look.open_applications().filter(status__in=early),
        _("Applications being screened or reviewed, for which the new number counts"),
    )


def _due_dates(look: Look) -> Iterator[Effect]:
    moved = moved_due_dates(look.programme, look.changes)
    if not moved:
        return
    rows = look.programme.applications.filter(pk__in=[each.application_id for each in moved])
    days = max(abs((each.after - each.before).days) for each in moved)
    sentence = ngettext(
        "Applications that would be due on another day, one day away at most",
        "Applications that would be due on another day, %(days)s days away at most",
        days,
    )
    yield _applications(look, rows, sentence % {"days": days})


_PARTS: dict[str, Callable[[Look], Iterator[Effect]]] = {
    "country_codes": _countries,
    "institution_kinds": _kinds,
    "principal_roles": _roles,
    "longest_access_days": _longest_access,
    "collaborators_limit": _collaborators,
    "research_requests_limit": _quota("research_requests_limit", Bucket.RESEARCH, "requests_used"),
    "research_records_limit": _quota("research_records_limit", Bucket.RESEARCH, "records_used"),
    "relations_requests_limit": _quota(
        "relations_requests_limit", Bucket.RELATIONS, "requests_used"
    ),
    "relations_records_limit": _quota("relations_records_limit", Bucket.RELATIONS, "records_used"),
    "intake_is_open": _intake,
    "is_public": _public,
    "required_documents": _documents,
    "draft_idle_days": _idle_drafts,
    "works_abroad_rule": _abroad,
    "temporary_travel_days": _abroad,
    "changes_answer_days": _unanswered,
    "review_count": _review_count,
}

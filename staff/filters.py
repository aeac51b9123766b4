"""The filters of the queue; `applications.models.queue` holds an index for each."""

import uuid
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.models import User
from applications import desk
from applications.models import Application
from applications.states import CLOSED, WITH_STAFF, ApplicationStatus
from lib.time import now
from programmes.models import Programme
from reviews.models import Colour, Review
from reviews.states import ReviewStatus

MINE, UNASSIGNED = "mine", "none"
_LABELS = dict(ApplicationStatus.choices)
_IN_LISTS = (*WITH_STAFF, ApplicationStatus.CHANGES_REQUESTED, *CLOSED)


def held_by(user: User) -> QuerySet[Application, Any]:
    """The ids of what a person leads or reviews; few, so everything else is found from there."""
    led = Application.objects.filter(owner=user).order_by().values("pk")
    reviewed = Review.objects.filter(
        reviewer=user,
        status=ReviewStatus.ASSIGNED,
        subject_kind=Application._meta.label_lower,
    )
    return led.union(reviewed.order_by().values("subject_id"))


def waits_for(user: User) -> Q:
    """Files whose next act is theirs: a review they owe, a screening or decision they lead."""
    owed = Review.objects.filter(
        reviewer=user,
        status=ReviewStatus.ASSIGNED,
        subject_kind=Application._meta.label_lower,
    )
    leading = (ApplicationStatus.SUBMITTED, ApplicationStatus.CONSOLIDATING)
    led = Application.objects.filter(owner=user, status__in=leading)
    return Q(pk__in=led.order_by().values("pk").union(owed.order_by().values("subject_id")))


class QueueFilters(filters.FilterSet):
    """What a reviewer may look for; every field is optional."""

    q = filters.CharFilter(method="search", label=_("Search"))
    who = filters.ChoiceFilter(method="held", label=_("In whose hands"), empty_label=_("Anybody's"))
    stage = filters.ChoiceFilter(
        field_name="status",
        label=_("Stage"),
        choices=[(status.value, _LABELS[status]) for status in _IN_LISTS],
        empty_label=_("Any stage"),
    )
    colour = filters.ChoiceFilter(
        label=_("Worst evidence"), choices=Colour.choices, empty_label=_("Any colour")
    )
    country = filters.ChoiceFilter(
        field_name="country_code", label=_("Country"), empty_label=_("Any country")
    )
    programme = filters.ChoiceFilter(
        field_name="programme_id", label=_("Programme"), empty_label=_("Any programme")
    )
    overdue = filters.BooleanFilter(
        method="is_overdue", label=_("Overdue"), widget=forms.CheckboxInput
    )
    resubmitted = filters.BooleanFilter(
        method="is_resubmitted", label=_("Submitted again"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Application
        fields: list[str] = []

    def __init__(
        self, *args: Any, user: User, reviewers: list[User] | None = None, **kwargs: Any
    ) -> None:
        """Without `reviewers` no form is shown, and what the address says is taken as it is."""
        super().__init__(*args, **kwargs)
        self.user = user
        if reviewers is None:
            self._take_as_given()
        else:
            self._offer(reviewers)

    def _take_as_given(self) -> None:
        for name in ("who", "country", "programme"):
            value = (self.data or {}).get(name, "")
            self.filters[name].extra["choices"] = [(value, value)] if _is_sound(name, value) else []

    def _offer(self, reviewers: list[User]) -> None:
        programmes = list(Programme.objects.order_by("name").only("name", "country_codes"))
        codes = {code for programme in programmes for code in programme.country_codes}
        names = sorted((str(countries.name(code)), code) for code in codes)
        self.filters["country"].extra["choices"] = [(code, name) for name, code in names]
        self.filters["programme"].extra["choices"] = [(str(each.pk), each) for each in programmes]
        self.filters["who"].extra["choices"] = [
            (MINE, _("Mine")),
            (UNASSIGNED, _("Nobody's")),
            *((str(each.pk), str(each)) for each in reviewers if each.pk != self.user.pk),
        ]

    def search(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(desk.matching(value))

    def held(self, rows: Any, name: str, value: str) -> Any:
        if value == UNASSIGNED:
            return rows.filter(owner__isnull=True)
        if value == MINE:
            return rows.filter(pk__in=held_by(self.user))
        return rows.filter(owner_id=value)

    def is_overdue(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(status__in=WITH_STAFF, due_at__lt=now()) if value else rows

    def is_resubmitted(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(version_count__gt=1) if value else rows

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, without what was left open."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in data.items() if value not in (None, "", False)}


def _is_sound(name: str, value: str) -> bool:
    """Whether the database could be asked for it at all."""
    if name == "country" or value in (MINE, UNASSIGNED):
        return len(value) <= len(UNASSIGNED) and value.isalnum()
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True

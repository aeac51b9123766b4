"""The programmes, the policy of one, its history, and who waits for what."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from lib.errors import Refused
from programmes.actions import copy_programme
from programmes.models import InterestKind, Programme
from programmes.regions import name_of
from programmes.settings import SECTIONS
from staff.access import operators_only
from staff.policy_forms import CopyForm
from staff.policy_reading import change_in_words, label_of, section_in_words
from staff.views.policy.loading import load_programme, show

_A_PAGE = 25


@require_safe
@operators_only
def programmes(request: SignedInRequest) -> HttpResponse:
    rows = Programme.objects.order_by("created_at", "id").annotate(
        labs=Count("organizations", distinct=True), changed_at=Max("changes__created_at")
    )
    return show(request, None, "programmes", programmes=rows)


@require_safe
@operators_only
def overview(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """The whole policy in words, with a way to each section."""
    programme = load_programme(programme_id)
    return show(
        request,
        programme,
        "overview",
        sections=[(section, section_in_words(programme, section)) for section in SECTIONS],
        terms=programme.terms.order_by("-version").first(),
        criteria=programme.criteria.all(),
        waiting_count=programme.interests.waiting().count(),
        latest=[
            change_in_words(row)
            for row in programme.changes.select_related("changed_by", "programme")[:3]
        ],
    )


@require_http_methods(["GET", "POST"])
@operators_only
def copy(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """A further programme, which begins as a copy of this one."""
    source = load_programme(programme_id)
    form = CopyForm(request.POST or None)
    if form.is_valid():
        try:
            made = copy_programme(source, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            sentence = _("“%(name)s” is made. It is shown to nobody until you say so.")
            messages.success(request, sentence % {"name": made.name})
            return redirect("staff:policy_programme", made.pk)
    return show(request, source, "copy", form=form)


@require_safe
@operators_only
def history(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """Every change, the newest first, or those of one setting."""
    programme = load_programme(programme_id)
    names = programme.changes.order_by("setting").values_list("setting", flat=True).distinct()
    settings = sorted(((name, label_of(name)) for name in names), key=lambda pair: pair[1])
    chosen = request.GET.get("setting", "")
    rows = programme.changes.select_related("changed_by", "programme")
    if chosen in dict(settings):
        rows = rows.filter(setting=chosen)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    words = [change_in_words(row) for row in page]
    context: dict[str, Any] = {"page": page, "changes": words}
    return show(request, programme, "history", **context, settings=settings, chosen=chosen)


@require_safe
@operators_only
def waiting(request: SignedInRequest, programme_id: uuid.UUID) -> HttpResponse:
    """How many wait, by kind and country; nobody is named."""
    programme = load_programme(programme_id)
    confirmed = Q(confirmed_at__isnull=False, told_at=None)
    counts = (
        programme.interests.values("kind", "country_code")
        .annotate(
            waiting=Count("pk", filter=confirmed),
            unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
            told=Count("pk", filter=Q(told_at__isnull=False)),
        )
        .order_by("kind", "-waiting", "country_code")
    )
    labels = dict(InterestKind.choices)
    rows = [
        {
            **row,
            "kind": labels[row["kind"]],
            "country": name_of(row["country_code"]) if row["country_code"] else "",
        }
        for row in counts
    ]
    return show(request, programme, "waiting", rows=rows)

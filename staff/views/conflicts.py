"""Ties: one's own, what one says about them, and what operators decide about those of others."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from applications import actions
from applications.models import Application
from applications.registry import search_registry
from lib.errors import Refused
from reviews.models import Conflict, ConflictKind, Declaration
from staff.access import operators_only, reviewers_only
from staff.forms.ties import LastingTieForm, TieForm, WordsForm
from staff.views.files import load_file, show

_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def mine(request: SignedInRequest) -> HttpResponse:
    """What ties the reviewer to applications, without a word about these; and declaring one."""
    search = request.GET.get("institution", "")
    found = search_registry(search) if search.strip() else []
    if request.method == "POST":
        form = LastingTieForm([], request.POST)
        if form.is_valid():
            actions.declare_tie(by=request.user, **form.cleaned_data)
            messages.success(request, _("Noted. What they hand in stays closed to you."))
            return redirect("staff:ties")
    else:
        form = LastingTieForm(found)
    context = {
        "staff_tab": "ties",
        "form": form,
        "search": search,
        "conflicts": request.user.conflicts.standing(),
        "declarations": request.user.declarations.standing().select_related("institution"),
        "computed_kinds": _COMPUTED,
    }
    return render(request, "staff/ties.html", context)


_COMPUTED = [
    each.value for each in ConflictKind if each not in (ConflictKind.PART, ConflictKind.DECLARED)
]


@require_POST
@login_required
def declare(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """From the open file, also for whoever was asked from outside: it closes at once."""
    application = load_file(request, application_id)
    form = TieForm(request.POST)
    if not form.is_valid():
        refusal = Refused(_("Say in a few words what the tie is, in at most 300 letters."))
        return show(request, application, refusal=refusal)
    actions.declare_tie_to_file(application, by=request.user, **form.cleaned_data)
    messages.success(
        request, _("The file is closed to you now; what you were asked for goes to somebody else.")
    )
    return redirect("staff:ties" if request.user.is_reviewing_staff else "home")


@require_POST
@reviewers_only
def take_back(request: SignedInRequest, declaration_id: uuid.UUID) -> HttpResponse:
    own = Declaration.objects.standing().filter(declared_by=request.user)
    actions.ask_back(get_object_or_404(own, pk=declaration_id), by=request.user)
    messages.success(request, _("An operator was asked to consent; until then it stands."))
    return redirect("staff:ties")


@require_POST
@reviewers_only
def contest(request: SignedInRequest, conflict_id: uuid.UUID) -> HttpResponse:
    own = Conflict.objects.standing().filter(person=request.user)
    conflict = get_object_or_404(own, pk=conflict_id)
    actions.object_to_conflict(conflict, by=request.user, objection=_words(request))
    messages.success(request, _("An operator reads what you wrote; until then it stands."))
    return redirect("staff:ties")


@require_safe
@operators_only
def conflicts(request: SignedInRequest) -> HttpResponse:
    """Everybody's ties to files that are open to this operator; what was contested comes first."""
    page = Paginator(
        _decidable(request).select_related("person").order_by("-objection", "-id"), _A_PAGE
    ).get_page(request.GET.get("page"))
    waiting = Declaration.objects.standing().filter(asked_back_at__isnull=False)
    context = {
        "staff_tab": "ties",
        "page": page,
        "rows": _with_files(list(page)),
        "declarations": waiting.exclude(declared_by=request.user).select_related("declared_by"),
    }
    return render(request, "staff/conflicts.html", context)


def _decidable(request: SignedInRequest) -> QuerySet[Conflict]:
    """Computed ties of others to files that the operator may see."""
    open_to = Application.objects.reviewable_by(request.user)
    rows: QuerySet[Conflict] = Conflict.objects.standing().filter(
        kind__in=_COMPUTED, subject_id__in=open_to.values("pk")
    )
    return rows.exclude(person=request.user)


def _with_files(rows: list[Conflict]) -> list[dict[str, Any]]:
    files = Application.objects.in_bulk({row.subject_id for row in rows})
    return [{"conflict": row, "application": files.get(row.subject_id)} for row in rows]


@require_POST
@operators_only
def lift(request: SignedInRequest, conflict_id: uuid.UUID) -> HttpResponse:
    conflict = get_object_or_404(_decidable(request), pk=conflict_id)
    actions.lift_conflict(conflict, by=request.user, reason=_words(request))
    messages.success(request, _("The conflict is lifted; the reason stays on record."))
    return redirect("staff:conflicts")


@require_POST
@operators_only
def end(request: SignedInRequest, declaration_id: uuid.UUID) -> HttpResponse:
    others = Declaration.objects.standing().exclude(declared_by=request.user)
    actions.end_declaration(get_object_or_404(others, pk=declaration_id), by=request.user)
    messages.success(request, _("The declaration is taken back."))
    return redirect("staff:conflicts")


def _words(request: SignedInRequest) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say why, in at most 1,000 letters. Nothing was changed."))
    return str(form.cleaned_data["words"])

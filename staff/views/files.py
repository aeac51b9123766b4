"""One file: everything that helps to judge it, and the acts that its stage offers."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from applications.actions import closes_for, note_viewing
from applications.attachments.answering import version_files
from applications.conversations import read_threads
from applications.documents.links import document_links
from applications.emails import decision_letter
from applications.linked import linked_of
from applications.models import Application
from applications.permissions import can_ask_for_changes
from applications.reading import changes_since_last_version
from applications.registry import search_registry
from applications.states import ApplicationStatus as S
from lib.errors import Refused
from lib.time import Now
from reviews.models import Appeal, Decision
from reviews.reasons import with_reason_texts
from staff.acts import Act, Offer, offers
from staff.forms.registry import InstitutionForm
from staff.lists import kept_query
from staff.reading.evidence import findings, side_by_side
from staff.reading.history import history
from staff.reading.precedents import precedents_of
from staff.reading.reviews import compared, read_reviews
from staff.reading.rows import is_overdue
from staff.reading.stages import stage_of


@require_safe
@login_required
def detail(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """The file, for whoever has no part in it. That it was opened is on record."""
    application = load_file(request, application_id)
    note_viewing(application, by=request.user)
    return show(request, application)


@require_safe
@login_required
def precedents(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """What was decided before, on a page of its own or unfolded in the file."""
    application = load_file(request, application_id)
    context = {
        "staff_tab": "applications",
        "application": application,
        "precedents": precedents_of(application, request.user),
    }
    template = "staff/parts/precedents.html" if _is_part(request) else "staff/precedents.html"
    return render(request, template, context)


@require_safe
@login_required
def events(request: SignedInRequest, application_id: uuid.UUID) -> HttpResponse:
    """What the log knows about the file, on a page of its own or unfolded in the file."""
    application = load_file(request, application_id)
    context = {
        "staff_tab": "applications",
        "application": application,
        "history": history(application),
    }
    template = "staff/parts/history.html" if _is_part(request) else "staff/history.html"
    return render(request, template, context)


def _is_part(request: SignedInRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def load_file(request: SignedInRequest, application_id: uuid.UUID) -> Application:
    """What was submitted and the person may judge; everything else looks as if it were not there.

    Whoever was asked from outside for one review finds that one file.
    """
    reviewable = Application.objects.reviewable_by(request.user)
    application = get_object_or_404(
        reviewable.select_related("applicant", "institution", "programme", "owner", "organization")
        .prefetch_related("programme__criteria")
        .annotate(moment=Now()),
        pk=application_id,
    )
    if closes_for(application, request.user):
        raise Http404
    return application


def carry_out(
    request: SignedInRequest,
    application_id: uuid.UUID,
    act: Act,
    action: Callable[..., Any],
    done: str,
    page: Callable[..., HttpResponse] | None = None,
    *,
    to: str = "",
) -> HttpResponse:
    """Check the form of an act and call its action, or show the letter that it would send.

    What is wrong or refused is said on the page of the act, with everything that was typed.
    """
    page = page or show
    application = load_file(request, application_id)
    form = act.form(application, request.POST, prefix=act.key)
    try:
        act.check(application, request.user)
        if not form.is_valid():
            return page(request, application, sent=Offer(act, form))
        if act.draft is not None and "preview" in request.POST:
            letter = decision_letter(application, act.draft(application, **form.given))
            return page(request, application, sent=Offer(act, form, letter))
        action(application, by=request.user, **form.given)
    except Refused as refusal:
        application = load_file(request, application_id)
        return page(request, application, sent=Offer(act, form), refusal=refusal)
    messages.success(request, done)
    if to:
        return redirect(to)
    return redirect(reverse("staff:application", args=[application.pk]) + "#content")


def show(
    request: SignedInRequest,
    application: Application,
    *,
    sent: Offer | None = None,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of one file; `sent` is the form that came back, `refusal` why nothing was done."""
    reviews = read_reviews(application, request.user)
    offered = list(
        offers(
            application,
            request.user,
            lacks_reviewer=reviews.lacks_reviewer,
            sent=sent,
            begun=reviews.to_give,
        )
    )
    context = {
        "staff_tab": "applications",
        "application": application,
        "stage": stage_of(application, reviews),
        "offers": offered,
        "reviews": reviews,
        "comparison": compared(application, reviews),
        "linked": linked_of(application, request.user),
        "refusal": refusal,
        "typed": _typed(sent) if sent and sent not in offered else [],
        "is_overdue": is_overdue(application, application.moment),  # type: ignore[attr-defined]
        "threads": read_threads(application, request.user),
        "decisions": with_reason_texts(
            Decision.objects.about(application).select_related("decided_by").order_by("-id"),
            application.programme,
        ),
        **_submitted(application),
        "kept_query": urlencode(kept_query(request.GET)),
        "appeal": _appeal(application),
        **_registry(request, application),
        **more,
    }
    status = refusal.http_status if refusal else 200
    return render(request, "staff/application.html", context, status=status)


def _appeal(application: Application) -> Appeal | None:
    """What the applicant says against the refusal, while others look at it again."""
    if application.status != S.APPEALED:
        return None
    return Appeal.objects.about(application).last()


def _submitted(application: Application) -> dict[str, Any]:
    """What was handed in, with the evidence beside it."""
    version = application.latest_version
    sides, elsewhere = side_by_side(version, findings(application))
    has_earlier = version.number > 1 or application.predecessor_id is not None
    return {
        "version": version,
        "title": version.answers["project_title"],
        "sides": sides,
        "other_findings": elsewhere,
        "version_files": version_files(version),
        "document_links": document_links(application, version.number),
        "changes": changes_since_last_version(application) if has_earlier else [],
    }


def _registry(request: SignedInRequest, application: Application) -> dict[str, Any]:
    """The search for an institution that was described in words."""
    if application.institution is not None or not can_ask_for_changes(application, request.user):
        return {}
    name = application.answers.get("institution_name", "")
    search = request.GET.get("institution", name)
    return {
        "institution_form": InstitutionForm(search_registry(search)),
        "institution_search": search,
    }


def _typed(sent: Offer) -> list[tuple[str, str]]:
    """What was typed into a form that is not offered any more."""
    return [
        (str(field.label), text)
        for field in sent.form.visible_fields()
        if isinstance(text := field.value(), str) and text.strip()
    ]

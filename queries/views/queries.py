"""The lab's queries: the list, a new one, one of them, and what is decided about it."""

import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from lib.errors import Refused
from lib.time import today
from organizations.models import Organization
from organizations.views.loading import load_lab
from queries import actions, permissions
from queries.definitions import parsed
from queries.estimates import Estimate, estimate
from queries.forms import DecisionForm, QueryForm, usual_dates
from queries.models import Query, Run
from queries.period import period_of_data
from queries.scope import refusal_of
from queries.states import QueryStatus
from queries.views.loading import load_query, share_links
from quotas.usage import today as quota_today

_QUERIES_A_PAGE = 20


@require_safe
@login_required
def query_list(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    organization = load_lab(request, organization_id)
    runs = Prefetch("runs", Run.objects.select_related("membership").order_by("-id"))
    queries = organization.queries.select_related("membership").prefetch_related(runs)
    page = Paginator(queries, _QUERIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization,
        "lab_tab": "queries",
        "page": page,
        "can_write": permissions.can_write_query(organization, request.user),
    }
    return render(request, "queries/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_query(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """The form; its estimate button answers with the cost, its other button with the query."""
    organization = load_lab(request, organization_id)
    permissions.check_write_query(organization, request.user)
    scope = organization.approved_data
    if request.method != "POST":
        period = period_of_data(organization)
        dates = usual_dates(today(), period.end if period else None, scope)
        form = QueryForm(initial=dates, scope=scope)
        return _render_form(request, organization, form, None)
    is_estimate = "estimate" in request.POST
    form = QueryForm(request.POST, scope=scope)
    form.fields["name"].required = not is_estimate
    if not form.is_valid():
        return _render_form(request, organization, form, None)
    if is_estimate:
        return _render_form(request, organization, form, _estimate(organization, form))
    query = actions.write_query(
        organization,
        by=request.user,
        name=form.cleaned_data["name"],
        definition=form.cleaned_data["definition_read"],
        start_date=form.cleaned_data["start_date"],
        end_date=form.cleaned_data["end_date"],
        fields=form.cleaned_data["fields_wanted"],
    )
    return redirect("queries:query", organization_id, query.pk)


def _estimate(organization: Organization, form: QueryForm) -> Estimate | None:
    try:
        return estimate(organization, form.query)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None


def _render_form(
    request: SignedInRequest, organization: Organization, form: QueryForm, cost: Estimate | None
) -> HttpResponse:
    template = "queries/parts/estimate.html" if request.htmx else "queries/new.html"
    context = {
        "organization": organization,
        "lab_tab": "queries",
        "form": form,
        "estimate": cost,
        "period": period_of_data(organization),
        "quota": quota_today(organization),
    }
    return render(request, template, context)


@require_safe
@login_required
def query_page(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> HttpResponse:
    return _render_query(request, load_query(request, organization_id, query_id), DecisionForm())


def _render_query(request: SignedInRequest, query: Query, form: DecisionForm) -> HttpResponse:
    reader = request.user
    is_waiting = query.status == QueryStatus.AWAITING_APPROVAL
    is_draft = query.status == QueryStatus.DRAFT
    is_approved = query.status == QueryStatus.APPROVED
    scope_notice = refusal_of(query)
    context = {
        "organization": query.organization,
        "lab_tab": "queries",
        "query": query,
        "definition": show_definition(query),
        "runs": query.runs.select_related("membership"),
        "share_links": share_links(query.organization, reader) if is_approved else [],
        "form": form,
        "scope_notice": scope_notice,
        "can_submit": is_draft and not scope_notice and permissions.can_submit_query(query, reader),
        "is_approved_by_rule": is_draft and permissions.is_approved_by_rule(query, reader),
        "can_decide": is_waiting and permissions.can_decide_query(query, reader),
        "can_repeat": not scope_notice and permissions.can_repeat_query(query, reader),
        **({} if scope_notice else _cost(query)),
    }
    return render(request, "queries/query.html", context)


def show_definition(query: Query) -> str:
    return json.dumps(query.definition, indent=2, ensure_ascii=False)


def _cost(query: Query) -> dict[str, object]:
    try:
        return {"estimate": estimate(query.organization, parsed(query))}
    except Refused as refusal:
        return {"no_estimate": refusal.sentence}


@require_POST
@login_required
def submit(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> HttpResponse:
    query = actions.submit_query(load_query(request, organization_id, query_id), by=request.user)
    run = query.runs.first()
    if run is None:
        messages.success(request, _("The principal researcher is asked to approve the query."))
        return redirect("queries:query", organization_id, query_id)
    messages.success(request, _("The query runs."))
    return redirect("queries:run", organization_id, run.pk)


@require_POST
@login_required
def decide(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> HttpResponse:
    query = load_query(request, organization_id, query_id)
    permissions.check_decide_query(query, request.user)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _render_query(request, query, form)
    comment = form.cleaned_data["comment"]
    if "approve" in request.POST:
        actions.approve_query(query, by=request.user, comment=comment)
        messages.success(request, _("Approved: the query runs."))
    elif not comment.strip():
        form.add_error("comment", _("Say why, so that the author can mend the query."))
        return _render_query(request, query, form)
    else:
        actions.refuse_query(query, by=request.user, comment=comment)
        messages.success(request, _("Not approved. The author has been told."))
    return redirect("queries:query", organization_id, query_id)


@require_POST
@login_required
def repeat(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> HttpResponse:
    query = load_query(request, organization_id, query_id)
    run = actions.repeat_query(query, by=request.user)
    messages.success(request, _("The query runs again, over the data as they are now."))
    return redirect("queries:run", organization_id, run.pk)

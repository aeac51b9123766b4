"""What two linked labs share: the list of both sides, one share, and what is done with it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.requests import SignedInRequest
from organizations.models import LabLink, Organization
from organizations.permissions import can_end_link, check_lead
from organizations.views.loading import load_lab
from queries import actions, permissions
from queries.forms import ShareForm
from queries.models import Share
from queries.views.loading import load_query, load_run, load_share
from queries.views.queries import show_definition
from queries.views.runs import FILE_KINDS, file_of

_SHARES_A_PAGE = 20


@require_safe
@login_required
def sharing(request: SignedInRequest, organization_id: UUID) -> HttpResponse:
    """Both labs read the same list: what is shared, by whom, and since or until when."""
    organization = load_lab(request, organization_id)
    links = LabLink.objects.of(organization.pk).select_related("first", "second")
    shares = Share.objects.of(organization.pk)
    page = Paginator(shares.with_rows(), _SHARES_A_PAGE).get_page(request.GET.get("page"))
    live = set(
        shares.live().filter(pk__in=[share.pk for share in page]).values_list("pk", flat=True)
    )
    context = {
        "organization": organization,
        "lab_tab": "sharing",
        "links": [
            (link, link.other(organization.pk), can_end_link(link, request.user)) for link in links
        ],
        "page": page,
        "shares": [(share, share.pk in live) for share in page],
        "policy_allows": organization.programme.linked_labs_may_share,
    }
    return render(request, "queries/sharing.html", context)


@require_POST
@login_required
def share_query(request: SignedInRequest, organization_id: UUID, query_id: UUID) -> HttpResponse:
    query = load_query(request, organization_id, query_id)
    link = _chosen_link(request, query.organization)
    if link is None:
        return redirect("queries:query", organization_id, query_id)
    share = actions.share_query(query, link=link, by=request.user)
    return _tell_shared(request, share)


@require_POST
@login_required
def share_result(request: SignedInRequest, organization_id: UUID, run_id: UUID) -> HttpResponse:
    run = load_run(request, organization_id, run_id)
    result = getattr(run, "result", None)
    link = _chosen_link(request, run.organization)
    if link is None or result is None:
        return redirect("queries:run", organization_id, run_id)
    share = actions.share_result(result, link=link, by=request.user)
    return _tell_shared(request, share)


def _chosen_link(request: SignedInRequest, organization: Organization) -> LabLink | None:
    """The link that was chosen; if none was, a sentence asks for it."""
    check_lead(organization, request.user)
    form = ShareForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the lab with which you want to share this."))
        return None
    links = LabLink.objects.of(organization.pk).select_related(
        "first__programme", "second__programme"
    )
    return get_object_or_404(links, pk=form.cleaned_data["link"])


def _tell_shared(request: SignedInRequest, share: Share) -> HttpResponse:
    sentence = _("Shared with %(lab)s. You can end this at any time.")
    messages.success(request, sentence % {"lab": share.reader.name})
    return redirect("queries:sharing", share.organization_id)


@require_safe
@login_required
def shared(request: SignedInRequest, organization_id: UUID, share_id: UUID) -> HttpResponse:
    """What was shared. Members of the reading lab see it while it is; the others, and staff, see
    what stands in their own records."""
    organization = load_lab(request, organization_id)
    share = load_share(request, organization, share_id)
    can_read = permissions.can_read_share(share, request.user)
    if share.reader_id == organization.pk and organization.has_member(request.user):
        permissions.check_read_share(share, request.user)
    context = {
        "organization": organization,
        "lab_tab": "sharing",
        "share": share,
        "query": share.shared_query,
        "definition": show_definition(share.shared_query),
        "can_read": can_read,
        "can_copy": can_read and permissions.can_write_query(share.reader, request.user),
        "can_revoke": share.revoked_at is None
        and permissions.can_revoke_share(share, request.user),
    }
    return render(request, "queries/shared.html", context)


@require_POST
@login_required
def copy(request: SignedInRequest, organization_id: UUID, share_id: UUID) -> HttpResponse:
    share = _load(request, organization_id, share_id)
    query = actions.copy_shared_query(share, by=request.user)
    messages.success(request, _("Copied: this query is your lab's own and runs on its quota."))
    return redirect("queries:query", query.organization_id, query.pk)


@require_POST
@login_required
def revoke(request: SignedInRequest, organization_id: UUID, share_id: UUID) -> HttpResponse:
    share = actions.revoke_share(_load(request, organization_id, share_id), by=request.user)
    messages.success(
        request,
        _("“%(query)s” is not shared any more.") % {"query": share.shared_query.name},
    )
    return redirect("queries:sharing", organization_id)


@require_GET
@login_required
def download(
    request: SignedInRequest, organization_id: UUID, share_id: UUID, kind: str
) -> HttpResponseBase:
    """A file of a shared result; both labs have the download in their log before it begins."""
    share = _load(request, organization_id, share_id)
    if kind not in FILE_KINDS:
        raise Http404
    actions.note_shared_download(share, by=request.user, kind=kind)
    assert share.result is not None  # noqa: S101  else the action has refused
    return file_of(share.result, kind)


def _load(request: SignedInRequest, organization_id: UUID, share_id: UUID) -> Share:
    return load_share(request, load_lab(request, organization_id), share_id)
